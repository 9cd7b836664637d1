import { create } from "@bufbuild/protobuf";
import { LabelSchema } from "@sdk/scriba/v1/catalog_pb.js";
import { expect, test } from "vitest";

import { choicesOf, isSameName, NEW_LABEL, stillMeant } from "@/parts/labelChoices";

const tax = create(LabelSchema, { id: "1", name: "Tax", colour: "#ff0000", documentCount: 3n });
const vat = create(LabelSchema, { id: "2", name: "VAT", parentId: "1" });
const known = new Map([tax, vat].map((label) => [label.id, label]));

test("a tag is told with those above it", () => {
  expect(choicesOf([tax, vat], known, "", [], true)).toEqual([
    { id: "1", name: "Tax", colour: "#ff0000", above: [], documents: 3 },
    { id: "2", name: "VAT", colour: "", above: ["Tax"], documents: 0 },
  ]);
});

test("a name that is not there can be made, by who may", () => {
  const made = { id: NEW_LABEL, name: "Tax office", colour: "", above: [], documents: -1 };
  expect(choicesOf([], known, " Tax  office ", [], true)).toEqual([made]);
  expect(choicesOf([], known, "Tax office", [], false)).toEqual([]);
});

test("a name in other capitals is the same, and what is chosen is not offered again", () => {
  expect(isSameName("tax  OFFICE", "Tax office")).toBe(true);
  expect(choicesOf([tax, vat], known, "tax", ["TAX"], true).map(({ name }) => name)).toEqual(["VAT"]);
});

test("tags that stand below each other in a circle do not hang the page", () => {
  const one = create(LabelSchema, { id: "1", name: "One", parentId: "2" });
  const two = create(LabelSchema, { id: "2", name: "Two", parentId: "1" });
  expect(choicesOf([one], new Map([["1", one], ["2", two]]), "", [], true)[0]?.above.length).toBe(8);
});

test("what fewer letters found is offered only as far as more of them still mean it", () => {
  expect(stillMeant([tax, vat], "ta").map(({ name }) => name)).toEqual(["Tax"]);
  expect(stillMeant([tax, vat], "tax office")).toEqual([]);
  expect(stillMeant([tax, vat], " ")).toEqual([tax, vat]);
});
