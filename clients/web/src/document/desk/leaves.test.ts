import { expect, test } from "vitest";

import { allLeaves, cutBefore, isChanged, moved, partsOf, reversed, shifted, turned, without, type Leaves } from "./leaves";

const numbers = (leaves: Leaves) => leaves.map(({ number }) => number);
const FIVE = allLeaves(5);

test("pages are turned where they are chosen, and four times is none", () => {
  const once = turned(FIVE, new Set([2]), 90);
  expect(once.map(({ turn }) => turn)).toEqual([0, 90, 0, 0, 0]);
  expect(isChanged(turned(once, new Set([2]), 270), 5)).toBe(false);
});

test("pages are left out, but never all", () => {
  expect(numbers(without(FIVE, new Set([1, 4])))).toEqual([2, 3, 5]);
  expect(without(FIVE, new Set([1, 2, 3, 4, 5]))).toBe(FIVE);
});

test("chosen pages move together, before or after another that stays", () => {
  expect(numbers(moved(FIVE, new Set([1, 4]), 5, "after"))).toEqual([2, 3, 5, 1, 4]);
  expect(numbers(moved(FIVE, new Set([5]), 1, "before"))).toEqual([5, 1, 2, 3, 4]);
  expect(moved(FIVE, new Set([2]), 2, "before")).toBe(FIVE);
});

test("pages move one place on or back, and not beyond an end", () => {
  expect(numbers(shifted(FIVE, new Set([2, 3]), "on"))).toEqual([1, 4, 2, 3, 5]);
  expect(numbers(shifted(FIVE, new Set([2]), "back"))).toEqual([2, 1, 3, 4, 5]);
  expect(shifted(FIVE, new Set([1]), "back")).toBe(FIVE);
});

test("cuts make documents, and a second time they go", () => {
  const cut = cutBefore(FIVE, new Set([1, 3, 5]));
  expect(partsOf(cut).map(numbers)).toEqual([[1, 2], [3, 4], [5]]);
  expect(partsOf(cutBefore(cut, new Set([3, 5]))).map(numbers)).toEqual([[1, 2, 3, 4, 5]]);
});

test("what was moved and turned is brought back by an order on the new version", () => {
  const made = turned(moved(FIVE, new Set([1]), 3, "after"), new Set([1, 5]), 90);
  const back = reversed(made, 5) ?? [];
  const pages = back.map(({ number, turn }) => ({ number: made[number - 1]?.number, turn: ((made[number - 1]?.turn ?? 0) + turn) % 360 }));
  expect(pages).toEqual([1, 2, 3, 4, 5].map((number) => ({ number, turn: 0 })));
});

test("a page that was left out cannot be brought back by arranging", () => {
  expect(reversed(without(FIVE, new Set([2])), 5)).toBeNull();
});
