import { expect, test } from "vitest";

import { copiedDay, dayFrom, isoOf } from "./dateText";

test("what the server has comes back as it was", () => {
  expect(["2024-02-29", "0987-01-01"].map((iso) => isoOf(dayFrom(iso, false)))).toEqual(["2024-02-29", "0987-01-01"]);
  expect(isoOf(dayFrom("2024-02-29T07:05", true))).toBe("2024-02-29T07:05");
  expect([dayFrom("", false), dayFrom("soon", false), isoOf(null)]).toEqual([null, null, ""]);
});

test("a copied day is read in the order of the reader's language, or as ISO 8601", () => {
  const copied = (text: string, locale: string) => isoOf(copiedDay(text, locale));
  expect(copied("1.3.2024", "de-DE")).toBe("2024-03-01");
  expect(copied("01/03/2024", "en-GB")).toBe("2024-03-01");
  expect(copied("01/03/2024", "en-US")).toBe("2024-01-03");
  expect(copied(" 2024-03-01T10:00:00Z ", "de-DE")).toBe("2024-03-01");
});

test("what is no day is not made one", () => {
  expect(["30.2.2024", "1.13.2024", "1.3.24", "March", "12"].map((text) => copiedDay(text, "de-DE"))).toEqual([null, null, null, null, null]);
});
