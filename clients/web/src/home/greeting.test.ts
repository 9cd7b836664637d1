import { expect, test } from "vitest";

import { greetingAt } from "@/home/greeting";

test("each hour lies in one part of the day", () => {
  expect([0, 4, 5, 10, 11, 17, 18, 22, 23].map(greetingAt)).toEqual(["night", "night", "morning", "morning", "day", "day", "evening", "evening", "night"]);
});
