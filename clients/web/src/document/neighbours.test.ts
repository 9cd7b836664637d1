import { expect, test } from "vitest";

import { neighboursOf } from "./neighbours";

test("a document has neighbours in the list that it was opened from, and none beyond its ends", () => {
  expect(neighboursOf(["7", "3", "9"], "3")).toMatchObject({ before: "7", after: "9", place: 2, length: 3 });
  expect(neighboursOf(["7", "3"], "7")).toMatchObject({ before: undefined, after: "3" });
});

test("outside of a list there is nowhere to go", () => {
  expect(neighboursOf(["7"], "4")).toMatchObject({ before: undefined, after: undefined, place: 0 });
});
