import { expect, test } from "vitest";

import { codePointsBefore, completed, partedAt, unitsBefore } from "@/library/typing";

const PARTY = "🎉 tag:bü";

test("letters beyond the basic plane count once for the server and twice here", () => {
  expect([codePointsBefore(PARTY, 2), codePointsBefore(PARTY, PARTY.length), unitsBefore(PARTY, 1), unitsBefore(PARTY, 2)]).toEqual([1, 8, 2, 3]);
});

test("a suggestion takes the place of the word before the cursor, and the next word can be typed", () => {
  expect(completed({ text: PARTY, cursor: PARTY.length }, 2, 'tag:"büro 🏢"')).toEqual({ text: '🎉 tag:"büro 🏢" ', cursor: 17 });
});

test("after a field's name its value is typed at once", () => {
  expect(completed({ text: "corr", cursor: 4 }, 0, "correspondent:")).toEqual({ text: "correspondent:", cursor: 14 });
});

test("what stands behind the cursor stays", () => {
  expect(completed({ text: "wat bill", cursor: 3 }, 0, "water")).toEqual({ text: "water bill", cursor: 6 });
});

test("a refused query is parted at its column, also behind its end", () => {
  expect(partedAt("🎉 created:x", 11)).toEqual(["🎉 created:", "x", ""]);
  expect(partedAt("(a", 9)).toEqual(["(a", "", ""]);
});
