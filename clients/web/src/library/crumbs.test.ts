import { expect, test } from "vitest";

import { crumbsOf } from "@/library/crumbs";

test("each folder on the way has its own address", () => {
  expect([crumbsOf(""), crumbsOf("2024/ACME/Bills")]).toEqual([[], [{ name: "2024", path: "2024" }, { name: "ACME", path: "2024/ACME" }, { name: "Bills", path: "2024/ACME/Bills" }]]);
});
