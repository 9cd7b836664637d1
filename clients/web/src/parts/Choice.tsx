import { ChevronDown } from "lucide-react";
import { Button, FieldError, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from "react-aria-components";

import { faultOf } from "@/parts/faults";

import style from "./fields.module.css";

export interface ChoiceOption<Value extends string> {
  readonly value: Value;
  readonly text: string;
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly options: readonly ChoiceOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Leaves the label to screen readers, where the place says what it is. */
  readonly hideLabel?: boolean;
  readonly isDisabled?: boolean;
  /** What is wrong with the choice, in words; nothing when all is well. */
  readonly error?: string | undefined;
}

/** One of a few values. For labels of the catalogue, which may be thousands, see LabelBox. */
export function Choice<Value extends string>({ label, options, value, onChange, hideLabel = false, isDisabled = false, error }: ChoiceProps<Value>) {
  return (
    <Select
      className={style.field ?? ""}
      isDisabled={isDisabled}
      {...faultOf(error)}
      value={value}
      onChange={(key) => onChange(key as Value)}
      {...(hideLabel && { "aria-label": label })}
    >
      {!hideLabel && <Label className={style.label ?? ""}>{label}</Label>}
      <Button className={style.trigger ?? ""}>
        <SelectValue />
        <ChevronDown size={16} aria-hidden />
      </Button>
      <FieldError className={style.error ?? ""}>{error}</FieldError>
      <Popover className={style.popover ?? ""}>
        <ListBox className={style.list ?? ""} items={options}>
          {(option) => (
            <ListBoxItem id={option.value} textValue={option.text} className={style.option ?? ""}>
              {option.text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
