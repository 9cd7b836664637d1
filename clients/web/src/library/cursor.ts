/** Where one stands in a list, and what the keys do there. */

import { useMemo } from "react";

import { useShortcuts, type Shortcut } from "@/app/keys/shortcuts";

interface ListKeys {
  readonly place: number | null;
  readonly total: number;
  /** How many stand beside each other. */
  readonly columns: number;
  readonly move: (place: number, extend: boolean) => void;
  readonly open: (place: number) => void;
  readonly select: (place: number) => void;
  readonly selectAll: () => void;
  readonly clear: () => void;
  readonly search: () => void;
}

/** Gives the place so many steps on, from the first where one stands nowhere yet. */
export function stepped(place: number | null, steps: number, total: number): number | null {
  if (total === 0) return null;
  return place === null ? 0 : Math.min(Math.max(place + steps, 0), total - 1);
}

/** Has the keyboard walk through a list. */
export function useListKeys(keys: ListKeys): void {
  useShortcuts(useMemo(() => shortcutsOf(keys), [keys]));
}

function shortcutsOf({ place, total, columns, move, open, select, selectAll, clear, search }: ListKeys): readonly Shortcut[] {
  const walk = (steps: number, extend = false) => (event: KeyboardEvent) => {
    const next = stepped(place, steps, total);
    // Arrows scroll a page in which one stands nowhere.
    if (next === null || (place === null && event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    move(next, extend);
  };
  const here = (act: (place: number) => void) => (event: KeyboardEvent) => {
    if (place === null || (event.key === "Enter" && event.target instanceof Element && event.target.closest("a, button"))) return;
    event.preventDefault();
    act(place);
  };
  return [
    { keys: "/", word: "app.keys.search", act: instead(search) },
    { keys: "j", word: "library.keys.next", act: walk(1) },
    { keys: "k", word: "library.keys.previous", act: walk(-1) },
    { keys: "ArrowDown", word: "library.keys.down", act: walk(columns) },
    { keys: "ArrowUp", word: "library.keys.up", act: walk(-columns) },
    ...(columns > 1
      ? ([
          { keys: "ArrowRight", word: "library.keys.next", act: walk(1) },
          { keys: "ArrowLeft", word: "library.keys.previous", act: walk(-1) },
        ] as const)
      : []),
    { keys: "Home", word: "library.keys.first", act: walk(-Infinity) },
    { keys: "End", word: "library.keys.last", act: walk(Infinity) },
    { keys: "Enter", word: "library.keys.open", act: here(open) },
    { keys: "o", word: "library.keys.open", act: here(open) },
    { keys: "x", word: "library.keys.select", act: here(select) },
    { keys: "Shift+ArrowDown", word: "library.keys.extend_down", act: walk(columns, true) },
    { keys: "Shift+ArrowUp", word: "library.keys.extend_up", act: walk(-columns, true) },
    { keys: "$mod+a", word: "library.keys.all", act: instead(selectAll) },
    { keys: "Escape", word: "library.keys.clear", act: clear },
  ];
}

/** Acts in the place of what the browser would do. */
function instead(act: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    event.preventDefault();
    act();
  };
}
