import { expect, test } from "vitest";

import { fromFind, piecesOf } from "@/library/pieces";

test("ranges are counted in code points, whatever letters stand before them", () => {
  expect(piecesOf({ text: "🎉 the hydrant levy", ranges: [{ start: 6, end: 13 }] })).toEqual([
    { text: "🎉 the ", isFound: false },
    { text: "hydrant", isFound: true },
    { text: " levy", isFound: false },
  ]);
});

test("ranges that overlap show no letter twice", () => {
  const pieces = piecesOf({ text: "abcdef", ranges: [{ start: 0, end: 3 }, { start: 2, end: 4 }] });
  expect(pieces.map(({ text }) => text).join("")).toBe("abcdef");
});

test("a piece begins near its find, at a word, and what is short stays whole", () => {
  const far = [{ text: "a long way of words that leads to the yearly ", isFound: false }, { text: "levy", isFound: true }, { text: " of", isFound: false }];
  expect(fromFind(far).map(({ text }) => text).join("")).toBe("… that leads to the yearly levy of");
  const near = [{ text: "the yearly ", isFound: false }, { text: "levy", isFound: true }];
  expect(fromFind(near)).toEqual(near);
  expect(fromFind([{ text: "nothing found in this long text that stands here", isFound: false }])).toHaveLength(1);
});

test("a word longer than the lead is cut in two rather than lost", () => {
  const [first] = fromFind([{ text: "x".repeat(80), isFound: false }, { text: "levy", isFound: true }]);
  expect(first?.text).toBe(`… ${"x".repeat(28)}`);
});
