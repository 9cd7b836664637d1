import { ChevronDown } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";

import type { ChoiceOption } from "@/parts/Choice";
import { later } from "@/parts/later";
import { Opener } from "@/parts/Opener";

import style from "./fields.module.css";

const PickerList = later(async () => (await import("@/parts/PickerList")).PickerList);

interface PickerProps<Value extends string> {
  /** For screen readers: the place says what it is. */
  readonly label: string;
  readonly options: readonly ChoiceOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few values, on the pages that one comes to first: like `Choice`, but its list comes when it is opened. */
export function Picker<Value extends string>({ label, options, value, onChange }: PickerProps<Value>) {
  const chosen = options.find((option) => option.value === value)?.text ?? value;
  return (
    <Opener
      kind="listbox"
      button={
        <AriaButton className={`${style.trigger} ${style.picker}`}>
          <span className="seen-by-readers-only">{label}</span>
          <span>{chosen}</span>
          <ChevronDown size={16} aria-hidden />
        </AriaButton>
      }
    >
      <PickerList label={label} options={options} value={value} onChange={(next) => onChange(next as Value)} />
    </Opener>
  );
}
