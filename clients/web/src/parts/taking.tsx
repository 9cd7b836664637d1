import { type Ref, useContext, useImperativeHandle, useLayoutEffect, useRef } from "react";
import { ComboBoxStateContext } from "react-aria-components";

/**
 * For a combo box whose value never stays, which therefore does not see that something was taken. `box` goes to it, and `Closer` into it;
 * `taken` is called once something is. What is taken changes the text as typing does, and must not bring the list up again.
 */
export function useTaking(onType: (text: string) => void) {
  const closer = useRef<() => void>(null);
  const hasTaken = useRef(false);
  return {
    box: {
      onInputChange: (text: string) => {
        hasTaken.current = false;
        onType(text);
      },
      onOpenChange: (isOpen: boolean, trigger?: string) => {
        if (isOpen && trigger !== "input") hasTaken.current = false;
      },
    },
    closing: { closer, isUnasked: () => hasTaken.current },
    taken: () => {
      hasTaken.current = true;
      closer.current?.();
    },
  };
}

interface CloserProps {
  readonly closer: Ref<() => void>;
  /** Whether nobody has asked for the list that has just come up. */
  readonly isUnasked: () => boolean;
}

export function Closer({ closer, isUnasked }: CloserProps) {
  const state = useContext(ComboBoxStateContext);
  useImperativeHandle(closer, () => () => state?.close(), [state]);
  useLayoutEffect(() => {
    if (state?.isOpen && isUnasked()) state.close();
  });
  return null;
}
