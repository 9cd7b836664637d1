import { expect, test } from "vitest";

import { columnsOf, orderAfter } from "@/library/columns";

test("unknown columns are passed over, and the title is always there", () => {
  expect([columnsOf(["tags", "colour"]), columnsOf(["title", "page_count"]), columnsOf([""]).length]).toEqual([["title", "tags"], ["title", "page_count"], 5]);
});

test("a head turns the order about at each click", () => {
  expect([orderAfter("relevance", "title"), orderAfter("title", "title"), orderAfter("title desc", "title"), orderAfter("title", "created_date")]).toEqual([
    "title", "title desc", "title", "created_date desc",
  ]);
});
