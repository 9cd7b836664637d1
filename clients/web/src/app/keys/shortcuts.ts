/** The keyboard's shortcuts: each page names its own while it is shown, and one list tells of them all. */

import { useEffect, useSyncExternalStore } from "react";
import { tinykeys } from "tinykeys";

import type { WordId } from "@/words/words";

export interface Shortcut {
  /** As tinykeys reads it: "g i" is one key after another. */
  readonly keys: string;
  /** Other keys that do the same, which the list does not name: such as a sign that some keyboards have over another. */
  readonly also?: readonly string[];
  readonly word: WordId;
  readonly act: (event: KeyboardEvent) => void;
}

let shown: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

/** Has shortcuts work while the component is shown. They must stay the same from one rendering to the next (useMemo). */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    change([...shown, ...shortcuts]);
    const forget = tinykeys(window, Object.fromEntries(shortcuts.flatMap(({ keys, also = [], act }) => [keys, ...also].map((each) => [each, unlessTyping(act)]))));
    return () => {
      forget();
      change(shown.filter((shortcut) => !shortcuts.includes(shortcut)));
    };
  }, [shortcuts]);
}

export function useShownShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (tell) => (listeners.add(tell), () => listeners.delete(tell)),
    () => shown,
  );
}

function change(next: readonly Shortcut[]): void {
  shown = next;
  for (const tell of listeners) tell();
}

/** Lets keys go to where somebody types, and to menus and dialogs, which have keys of their own. */
function unlessTyping(act: (event: KeyboardEvent) => void): (event: KeyboardEvent) => void {
  return (event) => {
    const place = event.target instanceof Element ? event.target : null;
    if (event.defaultPrevented || place?.closest("input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox]")) return;
    act(event);
  };
}
