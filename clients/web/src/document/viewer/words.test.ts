import { expect, test } from "vitest";

import { marksIn, termsOf, typedTerm, wholeTerms } from "./words";

const texts = (query: string) => termsOf(query).map(({ text }) => text);
const marked = (text: string, query: string) => marksIn(text, termsOf(query)).map(({ index, length }) => text.slice(index, index + length));

test("operators, fields and what must not be there are no words to mark", () => {
  expect(texts("water AND bill")).toEqual(["water", "bill"]);
  expect(texts("hydrant OR (whisky bar) tag:inbox created:[2023 to 2024] pages:>10")).toEqual(["hydrant", "whisky", "bar"]);
  expect(texts("water NOT bill -levy")).toEqual(["water"]);
  expect(texts('field."due date":2024-03 field.total:>100 correspondent:bank')).toEqual([]);
});

test("what is looked for in the text or the title is marked, by any form", () => {
  expect(texts('title:water text:"hydrant levy" tag:(demo OR tax)')).toEqual(["water", "hydrant levy"]);
  expect(texts("text:(hydrant OR whisky)")).toEqual(["hydrant", "whisky"]);
});

test("a phrase stays together, over line ends and commas", () => {
  expect(marked("the hydrant,\nlevy of hydrant and levy", '"hydrant levy"')).toEqual(["hydrant,\nlevy"]);
});

test("case and accents don't matter on either side", () => {
  expect(marked("Gebühr, GEBUHR, gebu\u0308hr", "gebühr")).toEqual(["Gebühr", "GEBUHR", "gebu\u0308hr"]);
  expect(marked("ÄÖÜ Gebühren", "gebuhr")).toEqual(["Gebühr"]);
});

test("a short word is marked where it is one, a long one within others too", () => {
  expect(marked("tax taxes syntax", "tax")).toEqual(["tax"]);
  expect(marked("rechnung Jahresrechnungen", "rechnung")).toEqual(["rechnung", "rechnung"]);
});

test("wildcards leave the side open that they stand at", () => {
  expect(termsOf("hyd*")).toEqual([{ text: "hyd", start: true, end: false }]);
  expect(termsOf("*ant")).toEqual([{ text: "ant", start: false, end: true }]);
  expect(marked("hydra ahyd", "hyd*")).toEqual(["hyd"]);
});

test("a code is found by its parts, however they are written", () => {
  expect(marked("No. NG 2024/0471", "NG-2024-0471")).toEqual(["NG 2024/0471"]);
});

test("a word with one letter wrong is marked by what was found, not by what was typed", () => {
  expect(texts("hydrent~ whisky~2")).toEqual(["hydrent", "whisky"]);
  expect(marksIn("a Hydrant here", wholeTerms(["Hydrant", "hydrant"]))).toEqual([{ index: 2, length: 7 }]);
});

test("of what is typed, signs alone find nothing, and no text is a pattern", () => {
  expect([typedTerm("  "), typedTerm("..."), termsOf('"" * ( )')]).toEqual([[], [], []]);
  expect(marksIn("a.b a+b", typedTerm("a.b"))).toHaveLength(2);
  expect(marksIn("anything", [])).toEqual([]);
});

test("no query of any shape makes it fail", () => {
  for (const query of ['"', "((", "a:(b", '\\', "[", "~", "-", "a AND", ":", 'x:"', "NOT", "*", "\u{1F600}", "field.:x"]) {
    expect(() => marksIn("some text", termsOf(query))).not.toThrow();
  }
});
