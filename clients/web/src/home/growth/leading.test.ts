import { expect, test } from "vitest";

import { queryOf, queryOfPeriod, queryOfSeries } from "@/home/growth/leading";

test("a period is asked for from its first day to its last", () => {
  expect(queryOfPeriod("day", "2026-03-31")).toBe("added:2026-03-31");
  expect(queryOfPeriod("week", "2026-02-23")).toBe("added:[2026-02-23 to 2026-03-01]");
  expect(queryOfPeriod("month", "2026-03-01")).toBe("added:2026-03");
  expect(queryOfPeriod("year", "2026-01-01")).toBe("added:2026");
});

test("a type is asked for by its whole name, and none and the others by what they are not", () => {
  const all = [
    { type: "Bank statement", others: false },
    { type: "Invoice", others: false },
    { type: "", others: true },
    { type: "", others: false },
  ];
  expect(all.map((series) => queryOfSeries(series, all))).toEqual(['type:="Bank statement"', "type:=Invoice", 'type:* NOT type:="Bank statement" NOT type:=Invoice', "NOT type:*"]);
});

test("a part of a bar is asked for by its period and its type", () => {
  expect(queryOf("month", "2026-03-01", "NOT type:*")).toBe("added:2026-03 NOT type:*");
});
