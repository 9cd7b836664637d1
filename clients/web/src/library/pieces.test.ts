import { expect, test } from "vitest";

import { piecesOf } from "@/library/pieces";

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
