import { ListBox, ListBoxItem, Popover } from "react-aria-components";

import type { ChoiceOption } from "@/parts/Choice";
import { useOpened } from "@/parts/Opener";

import style from "./fields.module.css";

interface PickerListProps {
  readonly label: string;
  readonly options: readonly ChoiceOption<string>[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The values to pick one of, at the button that opened them. */
export function PickerList({ label, options, value, onChange }: PickerListProps) {
  const { trigger, isOpen, onOpenChange, autoFocus } = useOpened();
  return (
    <Popover triggerRef={trigger} isOpen={isOpen} onOpenChange={onOpenChange} aria-label={label} className={style.popover ?? ""}>
      <ListBox
        aria-label={label}
        className={style.list ?? ""}
        items={options}
        autoFocus={autoFocus}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[value]}
        onSelectionChange={(chosen) => {
          onOpenChange(false);
          for (const key of chosen) if (key !== value) onChange(String(key));
        }}
      >
        {(option) => (
          <ListBoxItem id={option.value} textValue={option.text} className={style.option ?? ""}>
            {option.text}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}
