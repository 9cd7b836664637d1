import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { CheckboxButton, CheckboxField, type CheckboxFieldProps, SwitchButton, SwitchField, type SwitchFieldProps } from "react-aria-components";

import style from "./fields.module.css";

type Without<Props> = Omit<Props, "children" | "className" | "style"> & { readonly children?: ReactNode };

/** For a choice that is carried out later, with others; `Switch` is for one that holds at once. */
export function Checkbox({ children, ...props }: Without<CheckboxFieldProps>) {
  return (
    <CheckboxField {...props}>
      <CheckboxButton className={style.check ?? ""}>
        {({ isIndeterminate, isSelected }) => (
          <>
            <span className={style.box}>{isIndeterminate ? <Minus size={14} aria-hidden /> : isSelected && <Check size={14} aria-hidden />}</span>
            {children}
          </>
        )}
      </CheckboxButton>
    </CheckboxField>
  );
}

export function Switch({ children, ...props }: Without<SwitchFieldProps>) {
  return (
    <SwitchField {...props}>
      <SwitchButton className={style.check ?? ""}>
        <span className={style.rail} />
        {children}
      </SwitchButton>
    </SwitchField>
  );
}
