import { create } from "@bufbuild/protobuf";
import { FieldKind, FieldSchema } from "@sdk/scriba/v1/catalog_pb.js";
import { expect, test } from "vitest";

import { comparisonsOf, newGroup, newQuestion, NO_QUERY, withoutPart, withPart, type GroupDraft, type QuestionDraft } from "@/settings/workflows/query/draft";
import { queryDraftOf } from "@/settings/workflows/query/reading";
import { wordsOf } from "@/settings/workflows/query/words";
import { mistakesInQuery, queryFrom } from "@/settings/workflows/query/writing";

const TOTAL = create(FieldSchema, { id: "3", name: "Total", kind: FieldKind.MONEY, currency: "EUR" });
const FIELDS = [
  TOTAL,
  create(FieldSchema, { id: "5", name: "Paid", kind: FieldKind.BOOLEAN }),
  create(FieldSchema, { id: "6", name: "Status", kind: FieldKind.CHOICE, options: [{ id: "1", name: "open" }, { id: "2", name: "late" }] }),
  create(FieldSchema, { id: "7", name: "Rooms", kind: FieldKind.CHOICES, options: [{ id: "1", name: "bath" }] }),
  create(FieldSchema, { id: "8", name: "Related", kind: FieldKind.DOCUMENTS }),
  create(FieldSchema, { id: "9", name: "Due", kind: FieldKind.DATE }),
  create(FieldSchema, { id: "10", name: "Seen", kind: FieldKind.DATE_TIME }),
  create(FieldSchema, { id: "11", name: "Note", kind: FieldKind.TEXT }),
  create(FieldSchema, { id: "12", name: "Site", kind: FieldKind.URL }),
];
const GERMAN = { fields: FIELDS, locale: "de" };

/** Reads a query as the server answers it, and writes it again. */
function again(query: string): unknown {
  const written = queryFrom(queryDraftOf(query, GERMAN), GERMAN);
  return written === "" ? "" : JSON.parse(written);
}

function questionIn(query: string): QuestionDraft {
  const [part] = queryDraftOf(query, GERMAN).parts;
  if (part?.case !== "question") throw new Error("no question");
  return part;
}

test.each([
  ['[3, "gt", 1234.5]', ["Total", "gt", 1234.5]],
  ['[3, "range", ["EUR12.30", 40]]', ["Total", "range", [12.3, 40]]],
  ['["Paid", "exact", false]', ["Paid", "exact", false]],
  ['[6, "exact", 2]', ["Status", "exact", "late"]],
  ['[6, "in", ["open", "late"]]', ["Status", "in", ["open", "late"]]],
  ['[7, "contains", ["bath"]]', ["Rooms", "contains", ["bath"]]],
  ['[8, "contains", [17]]', ["Related", "contains", ["17"]]],
  ['[9, "in", ["2026-02-28", "2026-03-01"]]', ["Due", "in", ["2026-02-28", "2026-03-01"]]],
  ['[10, "lt", "2026-02-28T10:30:00+02:00"]', ["Seen", "lt", "2026-02-28T08:30:00.000Z"]],
  ['[10, "lt", "2026-02-28T10:30"]', ["Seen", "lt", "2026-02-28T10:30:00.000Z"]],
  ['[11, "in", ["a, b", "c"]]', ["Note", "in", ["a, b", "c"]]],
  ['[12, "icontains", "bank"]', ["Site", "icontains", "bank"]],
  ['[9, "isnull", true]', ["Due", "exists", false]],
  ['[9, "isnull", false]', ["Due", "exists", true]],
])("%s is shown in boxes and written as it was meant", (query, meant) => {
  expect(queryDraftOf(query, GERMAN).parts.map((part) => part.case)).toEqual(["question"]);
  expect(again(query)).toEqual(meant);
});

test("numbers stand in their boxes as the reader writes them", () => {
  expect(questionIn('[3, "gt", 1234.5]').text).toBe("1234,5");
  expect(questionIn('[3, "in", [1, 2.5]]').text).toBe("1\n2,5");
});

test("groups are kept at any depth, and none of some is what NOT and OR say", () => {
  const query = '["OR", [["Paid", "exact", true], ["AND", [["Total", "gt", 5], ["NOT", ["OR", [["Due", "exists", true], ["Note", "exact", "x"]]]]]]]]';
  const draft = queryDraftOf(query, GERMAN);
  expect([draft.joining, draft.parts.map((part) => part.case)]).toEqual(["any", ["question", "group"]]);
  expect(again(query)).toEqual(JSON.parse(query));
  expect(again('["NOT", ["AND", [["Paid", "exact", true], ["Total", "gt", 5]]]]')).toEqual(["NOT", ["AND", [["Paid", "exact", true], ["Total", "gt", 5]]]]);
});

test("what no box can hold stays as it was written", () => {
  for (const query of ['["Gone","gt",3]', '["Total","newer",3]', '["Paid","exact","yes"]', '["Note","in",["two\\nlines"]]', '["Seen","lt","2026-02-28T10:30:12Z"]', '["Due","lt","2026"]', '["Note","exact",""]']) {
    expect(queryDraftOf(query, GERMAN).parts.map((part) => part.case)).toEqual(["verbatim"]);
    expect(again(query)).toEqual(JSON.parse(query));
  }
  expect(again('[9, "lt", "2026"]')).toEqual(["Due", "lt", "2026"]);
  expect(mistakesInQuery(queryDraftOf("[", GERMAN), GERMAN)).toEqual({ "0.0": "json" });
});

test("a query that asks nothing is none, and groups that ask nothing are left out", () => {
  expect([queryDraftOf(" ", GERMAN), queryFrom(NO_QUERY, GERMAN)]).toEqual([NO_QUERY, ""]);
  const nested: GroupDraft = { ...NO_QUERY, parts: [newGroup(NO_QUERY)] };
  expect(queryFrom(nested, GERMAN)).toBe("");
});

test("what is missing or no value of its field is told at its question", () => {
  const first = newQuestion(NO_QUERY, TOTAL);
  const one: GroupDraft = { ...NO_QUERY, parts: [first] };
  const second = newQuestion(one, TOTAL);
  const query: GroupDraft = { ...one, parts: [first, { ...second, text: "viel" }] };
  expect(mistakesInQuery(query, GERMAN)).toEqual({ "0.0": "empty", "0.1": "money" });
  expect(mistakesInQuery(withPart(withoutPart(query, "0.0"), { ...second, comparison: "range", text: "1", until: "" }), GERMAN)).toEqual({ "0.1": "empty" });
});

test("each kind of field can be asked about, and none twice the same", () => {
  for (const { kind } of FIELDS) expect(new Set(comparisonsOf(kind)).size).toBe(comparisonsOf(kind).length);
});

test("who may only read a query reads it in words, what belongs together in parentheses", () => {
  const said = (query: string) => wordsOf(queryDraftOf(query, GERMAN), FIELDS, (id, values) => (values ? `${id}<${String(values["what"])}>` : (id.split(".").at(-1) ?? "")));
  expect(said('["AND", [["Total", "gt", 5], ["OR", [["Paid", "exact", true], ["Rooms", "contains", ["bath"]]]]]]')).toBe("Total gt 5 and (Paid exact yes or Rooms contains bath)");
  expect(said('["NOT", ["Total", "range", [1, 2]]]')).toBe("workflows.query.not<Total range 1 – 2>");
  expect(said('["Due", "exists", false]')).toBe("Due missing");
});
