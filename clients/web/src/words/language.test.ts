import { expect, test } from "vitest";

import { localeOf } from "@/words/language";

test("a reader's own kind of a language says how dates and money are written", () => {
  expect(localeOf("de", ["en-US", "de-AT", "de"])).toBe("de-AT");
  expect(localeOf("de", ["en-US", "fr"])).toBe("de");
  expect(localeOf("en", ["de-DE", "en-GB"])).toBe("en-GB");
});
