import { timestampDate } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";

import { endOf, HOLDINGS } from "@/settings/tokens/holding";

test("a token holds for so many days, or until it is revoked", () => {
  const now = new Date("2026-01-15T08:00:00Z");
  expect(HOLDINGS.map((holding) => endOf(holding, now)).map((end) => end && timestampDate(end).toISOString())).toEqual([
    "2026-02-14T08:00:00.000Z",
    "2026-04-15T08:00:00.000Z",
    "2027-01-15T08:00:00.000Z",
    undefined,
  ]);
});
