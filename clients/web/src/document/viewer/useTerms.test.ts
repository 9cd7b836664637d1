import { expect, test } from "vitest";

import { foundWords } from "./useTerms";

test("words that the search found are cut by code points", () => {
  const ranges = [{ start: 2, end: 8 }, { start: 9, end: 15 }].map((range) => ({ ...range, $typeName: "scriba.v1.Highlight.Range" as const }));
  expect([...foundWords([{ text: "\u{1F600} levies levies", ranges }])]).toEqual(["levies"]);
});
