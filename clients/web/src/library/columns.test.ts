import { expect, test } from "vitest";

import { type Column, COLUMNS, columnsOf, orderAfter } from "@/library/columns";
import { orderFor } from "@/library/orders";

test("unknown columns are passed over, and the title is always there", () => {
  expect([columnsOf(["tags", "colour"]), columnsOf(["title", "page_count"]), columnsOf([""]).length]).toEqual([["title", "tags"], ["title", "page_count"], 5]);
});

test("a head turns the order about at each click", () => {
  expect([orderAfter("relevance", "title"), orderAfter("title", "title"), orderAfter("title desc", "title"), orderAfter("title", "created_date")]).toEqual([
    "title", "title desc", "title", "created_date desc",
  ]);
});

test("each head that puts documents in order does so by an order that lists have, in both directions", () => {
  const heads = (Object.keys(COLUMNS) as Column[]).filter((column) => COLUMNS[column].isOrder);
  const orders = heads.flatMap((column) => [column, `${column} desc`]);
  expect(orders.map((order) => orderFor(order, true))).toEqual(orders);
  expect(heads).toContain("archive_serial_number");
});
