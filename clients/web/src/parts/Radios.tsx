import type { LucideIcon } from "lucide-react";
import { Label, RadioButton, RadioField, RadioGroup } from "react-aria-components";

import style from "./Radios.module.css";

export interface RadioOption<Value extends string> {
  readonly value: Value;
  readonly text: string;
  readonly about?: string;
  readonly icon?: LucideIcon;
}

interface RadiosProps<Value extends string> {
  readonly label: string;
  readonly options: readonly RadioOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly isDisabled?: boolean;
}

/** One of a few values, all of them in sight, which `Choice` has behind a button. */
export function Radios<Value extends string>({ label, options, value, onChange, isDisabled = false }: RadiosProps<Value>) {
  return (
    <RadioGroup className={style.group ?? ""} value={value} onChange={(chosen) => onChange(chosen as Value)} isDisabled={isDisabled}>
      <Label className={style.label ?? ""}>{label}</Label>
      <div className={style.options}>
        {options.map(({ value: option, text, about, icon: Icon }) => (
          <RadioField key={option} value={option}>
            <RadioButton className={style.option ?? ""}>
              <span className={style.dot} />
              {Icon && <Icon size={18} aria-hidden />}
              <span className={style.text}>
                {text}
                {about && <small>{about}</small>}
              </span>
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
