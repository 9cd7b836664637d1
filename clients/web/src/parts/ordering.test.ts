import { expect, test } from "vitest";

import { movedTo, placeAt } from "@/parts/ordering";

test("one thing changes its place, and the others keep theirs among each other", () => {
  expect(movedTo(["a", "b", "c", "d"], 0, 2)).toEqual(["b", "c", "a", "d"]);
  expect(movedTo(["a", "b", "c", "d"], 3, 0)).toEqual(["d", "a", "b", "c"]);
  expect(movedTo(["a", "b"], 1, 1)).toEqual(["a", "b"]);
  expect(movedTo(["a", "b"], 7, 0)).toEqual(["a", "b"]);
});

test("what is dragged comes to stand where it is let go", () => {
  const middles = [20, 60, 100, 140];
  expect([0, 70, 110, 500].map((height) => placeAt(height, middles, 0))).toEqual([0, 1, 2, 3]);
  expect([0, 30, 99, 139].map((height) => placeAt(height, middles, 3))).toEqual([0, 1, 2, 3]);
});
