import { ListBox, ListBoxItem, Popover } from "react-aria-components";

import type { ChoiceOption } from "@/parts/Choice";
import { useOpened } from "@/parts/Opener";
import { useWords } from "@/words/words";

import style from "@/parts/fields.module.css";

interface OrderListProps {
  readonly options: readonly ChoiceOption<string>[];
  readonly order: string;
  readonly onOrder: (order: string) => void;
}

/** All orders that a list can be shown in. */
export function OrderList({ options, order, onOrder }: OrderListProps) {
  const { trigger, isOpen, onOpenChange, autoFocus } = useOpened();
  const say = useWords();
  return (
    <Popover triggerRef={trigger} isOpen={isOpen} onOpenChange={onOpenChange} aria-label={say("library.order")} className={style.popover ?? ""}>
      <ListBox
        aria-label={say("library.order")}
        className={style.list ?? ""}
        items={options}
        autoFocus={autoFocus}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[order]}
        onSelectionChange={(chosen) => {
          onOpenChange(false);
          for (const key of chosen) if (key !== order) onOrder(String(key));
        }}
      >
        {({ value, text }) => (
          <ListBoxItem id={value} textValue={text} className={style.option ?? ""}>
            {text}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}
