import { type PointerEvent as ReactPointerEvent, type RefObject, useRef, useState } from "react";

import { placeAt } from "@/parts/ordering";

export interface Drag {
  readonly from: number;
  readonly to: number;
}

interface Dragging {
  readonly list: RefObject<HTMLOListElement | null>;
  /** What is being dragged, and where it would come to stand. */
  readonly drag: Drag | null;
  readonly begin: (from: number, event: ReactPointerEvent) => void;
}

/** Drags the items of a list with a mouse, a pen or a finger; Escape leaves all as it is. */
export function useDragging(onMove: (from: number, to: number) => void): Dragging {
  const list = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const begin = (from: number, event: ReactPointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const control = new AbortController();
    const { signal } = control;
    let to = from;
    const end = () => {
      control.abort();
      setDrag(null);
    };
    const follow = ({ clientY }: PointerEvent) => {
      const items = [...(list.current?.children ?? [])];
      to = placeAt(clientY, items.map(middleOf), from);
      items[to]?.scrollIntoView({ block: "nearest" });
      setDrag({ from, to });
    };
    const drop = () => {
      end();
      if (to !== from) onMove(from, to);
    };
    const leave = (pressed: KeyboardEvent) => {
      if (pressed.key !== "Escape") return;
      // What the list stands in stays open.
      pressed.stopPropagation();
      end();
    };
    setDrag({ from, to });
    addEventListener("pointermove", follow, { signal });
    addEventListener("pointerup", drop, { signal });
    addEventListener("pointercancel", end, { signal });
    addEventListener("keydown", leave, { signal, capture: true });
  };
  return { list, drag, begin };
}

function middleOf(item: Element): number {
  const { top, height } = item.getBoundingClientRect();
  return top + height / 2;
}
