import { expect, test } from "vitest";

import { countIn, oneOf, textIn } from "@/app/address";

test("a query of digits stays a text", () => {
  expect([textIn({ q: 2024 }, "q"), textIn({ q: "bill" }, "q"), textIn({ q: "" }, "q"), textIn({ q: { a: 1 } }, "q")]).toEqual(["2024", "bill", undefined, undefined]);
});

test("only known words and whole counts are taken from an address", () => {
  expect([oneOf({ layout: "cards" }, "layout", ["cards", "list"]), oneOf({ layout: "x" }, "layout", ["cards", "list"])]).toEqual(["cards", undefined]);
  expect([3, 0, -1, 1.5, "2"].map((page) => countIn({ page }, "page"))).toEqual([3, undefined, undefined, undefined, undefined]);
});
