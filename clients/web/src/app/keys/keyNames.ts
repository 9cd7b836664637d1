/** Keys as they are printed on them. */

import type { WordId } from "@/words/words";

const NAMES = {
  Delete: "app.key.delete",
  Enter: "app.key.enter",
  Escape: "app.key.escape",
  Home: "app.key.home",
  End: "app.key.end",
  PageUp: "app.key.page_up",
  PageDown: "app.key.page_down",
  Shift: "app.key.shift",
} as const satisfies Readonly<Record<string, WordId>>;
const ARROWS: Readonly<Record<string, string>> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };

/** Names what is pressed together, as tinykeys reads it: "$mod+f" is "Ctrl+F", and "⌘F" on a Mac. */
export function keyName(keys: string, isMac: boolean, say: (word: WordId) => string): string {
  const parts = keys.split(/\b\+/);
  const last = parts.at(-1) ?? "";
  // A sign that takes the shift key is what is printed on it; a letter is the same with it and without.
  const shown = parts.filter((part) => part !== "Shift" || last.length > 1 || /\p{L}/u.test(last));
  return shown.map((part) => nameOf(part, isMac, say)).join(isMac && parts.includes("$mod") ? "" : "+");
}

/** Tells whether the key for commands is ⌘ here. */
export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

function nameOf(part: string, isMac: boolean, say: (word: WordId) => string): string {
  if (part === "$mod") return isMac ? "⌘" : say("app.key.control");
  if (part in NAMES) return say(NAMES[part as keyof typeof NAMES]);
  return ARROWS[part] ?? part.toUpperCase();
}
