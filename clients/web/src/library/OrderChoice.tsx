import { ChevronDown } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";

import { ordersFor } from "@/library/orders";
import { later } from "@/parts/later";
import { Opener } from "@/parts/Opener";
import { useWords } from "@/words/words";

import style from "@/parts/fields.module.css";

const OrderList = later(async () => (await import("@/library/OrderList")).OrderList);

interface OrderChoiceProps {
  readonly isSearch: boolean;
  readonly order: string;
  readonly onOrder: (order: string) => void;
}

/** In which order documents are shown. */
export function OrderChoice({ isSearch, order, onOrder }: OrderChoiceProps) {
  const say = useWords();
  const options = ordersFor(isSearch).map(([value, word]) => ({ value, text: say(word) }));
  const chosen = options.find(({ value }) => value === order)?.text ?? order;
  return (
    <Opener
      kind="listbox"
      button={
        <AriaButton className={style.trigger ?? ""}>
          <span className="seen-by-readers-only">{say("library.order")}</span>
          <span>{chosen}</span>
          <ChevronDown size={16} aria-hidden />
        </AriaButton>
      }
    >
      <OrderList options={options} order={order} onOrder={onOrder} />
    </Opener>
  );
}
