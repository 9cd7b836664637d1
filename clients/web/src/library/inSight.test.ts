import { expect, test } from "vitest";

import { linesInSight, linesToDraw, wayTo } from "@/library/inSight";

test("lines are in sight that the screen shows a part of", () => {
  expect(linesInSight({ top: 0, bottom: 100 }, 50, 10)).toEqual([0, 1]);
  expect(linesInSight({ top: 25, bottom: 125 }, 50, 10)).toEqual([0, 2]);
  expect(linesInSight({ top: 49, bottom: 101 }, 50, 10)).toEqual([0, 2]);
});

test("a list above or below the screen shows its nearest line", () => {
  expect(linesInSight({ top: -400, bottom: -300 }, 50, 10)).toEqual([0, 0]);
  expect(linesInSight({ top: 900, bottom: 1000 }, 50, 10)).toEqual([9, 9]);
  expect(linesInSight({ top: 0, bottom: 100 }, 50, 0)).toEqual([0, 0]);
});

test("some more lines are drawn than are in sight, and the one that has the focus wherever it is", () => {
  expect(linesToDraw([4, 5], 2, null, 10)).toEqual([2, 3, 4, 5, 6, 7]);
  expect(linesToDraw([0, 1], 2, 8, 10)).toEqual([0, 1, 2, 3, 8]);
  expect(linesToDraw([8, 9], 2, 0, 10)).toEqual([0, 6, 7, 8, 9]);
  expect(linesToDraw([0, 1], 2, 3, 10)).toEqual([0, 1, 2, 3]);
  expect(linesToDraw([0, 1], 2, 12, 3)).toEqual([0, 1, 2]);
  expect(linesToDraw([0, 0], 2, null, 0)).toEqual([]);
});

test("one scrolls only as far as a line needs", () => {
  const sight = { top: 100, bottom: 300 };
  expect(wayTo(2, sight, 50)).toBe(0);
  expect(wayTo(1, sight, 50)).toBe(-50);
  expect(wayTo(6, sight, 50)).toBe(50);
  expect(wayTo(0, sight, 50)).toBe(-100);
});
