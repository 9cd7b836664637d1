import { expect, test } from "vitest";

import { addressOf, HOME, type Place, placeIn } from "@/settings/mail/place";

const PLACES: readonly Place[] = [
  HOME,
  { page: "all", account: "7", state: "all" },
  { page: "all", account: "7", state: "failed" },
  { page: "all", account: "", state: "done" },
  { page: "account", id: "7", state: "all" },
  { page: "account", id: "7", state: "taken" },
  { page: "new-account" },
  { page: "edit-account", id: "7" },
  { page: "new-rule", account: "7" },
  { page: "copy-rule", id: "3" },
  { page: "rule", id: "3" },
];

test("every place is found again by its address, and no two have the same", () => {
  expect(PLACES.map((place) => placeIn(addressOf(place)))).toEqual(PLACES);
  expect(new Set(PLACES.map(addressOf)).size).toBe(PLACES.length);
});

test("an address that says nothing of use opens all accounts", () => {
  expect(["", "rule", "account/", "nonsense/3", undefined].map(placeIn)).toEqual([HOME, HOME, HOME, HOME, HOME]);
  expect(placeIn("account/7/nonsense")).toEqual({ page: "account", id: "7", state: "all" });
});
