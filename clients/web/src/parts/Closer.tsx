import { type Ref, useContext, useImperativeHandle } from "react";
import { ComboBoxStateContext } from "react-aria-components";

/** Inside a combo box whose value never stays, which therefore does not see that something was taken: hands out what closes its list. */
export function Closer({ closer }: { readonly closer: Ref<() => void> }) {
  const state = useContext(ComboBoxStateContext);
  useImperativeHandle(closer, () => () => state?.close(), [state]);
  return null;
}
