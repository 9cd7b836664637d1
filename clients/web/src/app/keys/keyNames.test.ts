import { createIntl } from "react-intl";
import { expect, test } from "vitest";

import de from "@/words/de";
import en from "@/words/en";
import type { WordId } from "@/words/words";

import { keyName } from "./keyNames";

const saying = (locale: string, messages: typeof en) => (id: WordId) => createIntl({ locale, messages }).formatMessage({ id });
const inEnglish = saying("en", en);

test("the key for commands is named as it is printed", () => {
  expect([keyName("$mod+f", false, inEnglish), keyName("$mod+f", true, inEnglish), keyName("$mod+f", false, saying("de", de))]).toEqual(["Ctrl+F", "⌘F", "Strg+F"]);
});

test("a letter with the shift key is told from one without, and a sign is shown as it is", () => {
  expect(["n", "Shift+N", "Shift+?", "Shift++", "+", "/"].map((keys) => keyName(keys, false, inEnglish))).toEqual(["N", "Shift+N", "?", "+", "+", "/"]);
});

test("keys without a letter have names and arrows", () => {
  expect(["Delete", "Shift+ArrowDown", "PageUp"].map((keys) => keyName(keys, false, inEnglish))).toEqual(["Del", "Shift+↓", "Page Up"]);
});
