import { expect, test } from "vitest";

import { formatsOf } from "@/formats/formats";

test("a length of time is told in its largest unit and the next, without empty ones", () => {
  const { span } = formatsOf("en");
  expect([0, 0.4, 59, 60, 125, 3_600, 7_384, 90_000, -3].map(span)).toEqual(["0 sec", "0 sec", "59 sec", "1 min", "2 min 5 sec", "1 hr", "2 hr 3 min", "1 day 1 hr", "0 sec"]);
  expect(formatsOf("de").span(125)).toBe("2 Min. 5 Sek.");
});
