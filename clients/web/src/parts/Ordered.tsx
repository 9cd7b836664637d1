import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";

import { IconButton } from "@/parts/Button";
import { type Drag, useDragging } from "@/parts/useDragging";
import { useWords } from "@/words/words";

import style from "./Ordered.module.css";

interface OrderedProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly nameOf: (item: Item, place: number) => string;
  /** Whether the items are so tall that the buttons stand best one below the other, at the top. */
  readonly isTall?: boolean;
  /** Not given where the order is not one's own to change. */
  readonly onMove?: ((from: number, to: number) => void) | undefined;
  readonly children: (item: Item, place: number) => ReactNode;
}

const KEYS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/** Things whose order counts: dragged, moved by buttons, or by Alt and an arrow from anywhere in an item. */
export function Ordered<Item>({ label, items, keyOf, nameOf, isTall = false, onMove, children }: OrderedProps<Item>) {
  const say = useWords();
  const [told, setTold] = useState("");
  const move = (from: number, to: number) => {
    const item = items[from];
    if (item === undefined || !onMove) return;
    const place = Math.min(Math.max(to, 0), items.length - 1);
    setTold(say("parts.moved", { what: nameOf(item, from), place: place + 1, count: items.length }));
    if (place !== from) onMove(from, place);
  };
  const { list, drag, begin } = useDragging(move);
  const press = (from: number, event: KeyboardEvent) => {
    const step = KEYS[event.key];
    if (!event.altKey || step === undefined || !onMove || opensList(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    move(from, from + step);
  };
  return (
    <>
      <ol className={style.list} data-tall={isTall || undefined} aria-label={label} ref={list}>
        {items.map((item, place) => (
          <li key={keyOf(item)} className={style.item} data-dragged={drag?.from === place || undefined} data-drop={dropOf(drag, place)} onKeyDownCapture={(event) => press(place, event)}>
            {onMove && (
              <span className={style.grip} aria-hidden onPointerDown={(event) => begin(place, event)}>
                <GripVertical size={16} />
              </span>
            )}
            <div className={style.content}>{children(item, place)}</div>
            {onMove && <Movers name={nameOf(item, place)} onStep={(step) => move(place, place + step)} />}
          </li>
        ))}
      </ol>
      <span role="status" className="seen-by-readers-only">
        {told}
      </span>
    </>
  );
}

function Movers({ name, onStep }: { readonly name: string; readonly onStep: (step: number) => void }) {
  const say = useWords();
  return (
    <span className={style.movers}>
      <IconButton icon={ArrowUp} label={say("parts.move_up", { what: name })} onPress={() => onStep(-1)} />
      <IconButton icon={ArrowDown} label={say("parts.move_down", { what: name })} onPress={() => onStep(1)} />
    </span>
  );
}

/** Where the same keys open a list of choices, they go on doing so. */
function opensList(target: EventTarget): boolean {
  return target instanceof Element && target.closest("[role=combobox], [aria-haspopup]") !== null;
}

function dropOf(drag: Drag | null, place: number): "above" | "below" | undefined {
  if (drag?.to !== place || drag.to === drag.from) return undefined;
  return drag.to < drag.from ? "above" : "below";
}
