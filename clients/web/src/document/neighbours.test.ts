import { expect, test } from "vitest";

import { neighboursOf } from "./neighbours";

const list = (...ids: readonly string[]) => (place: number) => ids[place];

test("a document has neighbours in the list that it was opened from, and none beyond its ends", () => {
  expect(neighboursOf(list("7", "3", "9"), 1, "3")).toEqual({ before: { id: "7", place: 0 }, after: { id: "9", place: 2 }, place: 1 });
  expect(neighboursOf(list("7", "3"), 0, "7")).toEqual({ before: undefined, after: { id: "3", place: 1 }, place: 0 });
});

test("a document that the list has moved by one is found there", () => {
  expect(neighboursOf(list("new", "7", "3", "9"), 1, "3")).toMatchObject({ before: { id: "7" }, after: { id: "9" }, place: 2 });
});

test("after a document that has left the list comes the one that has moved up", () => {
  expect(neighboursOf(list("7", "9"), 1, "3")).toEqual({ before: { id: "7", place: 0 }, after: { id: "9", place: 1 }, place: null });
});

test("while the list is on its way there is nowhere to go", () => {
  expect(neighboursOf(() => undefined, 4, "3")).toEqual({ before: undefined, after: undefined, place: null });
});
