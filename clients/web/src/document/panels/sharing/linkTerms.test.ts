import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";

import { addressOf, dayAhead, downloadsFrom, endOfDay, standingOfLink } from "@/document/panels/sharing/linkTerms";

const now = new Date(2024, 1, 28, 12);
const link = { disabled: false, maxDownloads: 0, downloads: 3 };

test("a link is open until it is turned off, ended or used up, and what cannot be turned on again is told first", () => {
  const past = timestampFromDate(new Date(2024, 1, 28, 11));
  const later = timestampFromDate(new Date(2024, 1, 28, 13));
  expect(standingOfLink(link, now)).toBe("open");
  expect(standingOfLink({ ...link, expireTime: later }, now)).toBe("open");
  expect(standingOfLink({ ...link, disabled: true }, now)).toBe("off");
  expect(standingOfLink({ ...link, disabled: true, expireTime: past }, now)).toBe("ended");
  expect(standingOfLink({ ...link, maxDownloads: 3 }, now)).toBe("used");
});

test("a link until a day holds that day too", () => {
  const end = endOfDay("2024-02-29");
  expect(end && timestampDate(end)).toEqual(new Date(2024, 1, 29, 23, 59, 59));
  expect(endOfDay("")).toBeUndefined();
  expect(dayAhead(2, now)).toBe("2024-03-01");
});

test("a count of downloads is a whole number that the server takes", () => {
  expect(["", "5", " 12 ", "-1", "x", "1000001"].map(downloadsFrom)).toEqual([0, 5, 12, null, null, null]);
});

test("the server's own address goes before that of the page", () => {
  expect([addressOf({ url: "https://a/s/x", path: "/s/x" }, "http://b"), addressOf({ url: "", path: "/s/x" }, "http://b")]).toEqual(["https://a/s/x", "http://b/s/x"]);
});
