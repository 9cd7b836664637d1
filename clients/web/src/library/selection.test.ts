import { expect, test } from "vitest";

import { chosenBy, countOf, isSelected, NOTHING, selectedAs, type Selection, toggledAt } from "@/library/selection";

const named = (selection: Selection) => (selection.kind === "trash" ? null : chosenBy(selection));

test("documents are selected one by one and as a range, and let go again", () => {
  const three = selectedAs(toggledAt(NOTHING, "1"), ["2", "3"], true);
  expect([countOf(three), named(three)]).toEqual([3, { case: "documents", value: { ids: ["1", "2", "3"] } }]);
  expect(countOf(toggledAt(three, "2"))).toBe(2);
});

test("all that is found are named by the query, without those that were let go", () => {
  const all: Selection = { kind: "found", query: "water", found: 3400, without: new Set() };
  const but = toggledAt(all, "7");
  expect([isSelected(all, "7"), isSelected(but, "7"), countOf(but)]).toEqual([true, false, 3399]);
  expect(named(but)).toEqual({ case: "query", value: "water NOT id:7" });
  expect(countOf(toggledAt(but, "7"))).toBe(3400);
});
