import { create } from "@bufbuild/protobuf";
import { FieldKind, FieldSchema } from "@sdk/scriba/v1/catalog_pb.js";
import { expect, test } from "vitest";

import { daysFrom, draftOf, faultsOf, fieldFrom, lostOptions, NEW_FIELD, sentOptions, stillWrong, withOption } from "@/settings/fields/draft";

const STATUS = create(FieldSchema, {
  id: "4",
  etag: "2",
  kind: FieldKind.CHOICE,
  name: "Status",
  options: [
    { id: "1", name: "open" },
    { id: "2", name: "late" },
  ],
});
const DUE = create(FieldSchema, { id: "5", etag: "1", kind: FieldKind.DATE, name: "Due", extraction: "by (.*)", reminderDays: 7 });
const TOTAL = create(FieldSchema, { id: "6", etag: "1", kind: FieldKind.MONEY, name: "Total", currency: "EUR" });

test("a field that is opened and kept as it is stays the same", () => {
  for (const field of [STATUS, DUE, TOTAL]) expect(fieldFrom(draftOf(field), field.id, field.etag)).toEqual(field);
});

test("a renamed option keeps its id, a new one has none, and one without a name is not sent", () => {
  const known = draftOf(STATUS).options.map((option) => (option.id === "2" ? { ...option, name: " overdue " } : option)).toReversed();
  const options = withOption(withOption(known)).map((option) => (option.key === "new-2" ? { ...option, name: "paid" } : option));
  const draft = { ...draftOf(STATUS), options };
  expect(fieldFrom(draft).options.map(({ id, name }) => [id, name])).toEqual([
    ["2", "overdue"],
    ["1", "open"],
    ["", "paid"],
  ]);
});

test("each new option can be told from the others, also when one between was taken away", () => {
  const three = withOption(withOption(withOption([])));
  const keys = withOption(three.filter((_, place) => place !== 0)).map(({ key }) => key);
  expect(new Set(keys).size).toBe(3);
});

test("what only another kind has is not sent", () => {
  const draft = { ...NEW_FIELD, name: "X", currency: "eur", reminderDays: "3", options: withOption([]).map((option) => ({ ...option, name: "a" })), extraction: "x" };
  const sent = (kind: FieldKind) => {
    const { options, currency, reminderDays, extraction } = fieldFrom({ ...draft, kind });
    return [options.length, currency, reminderDays, extraction];
  };
  expect(sent(FieldKind.TEXT)).toEqual([0, "", 0, "x"]);
  expect(sent(FieldKind.MONEY)).toEqual([0, "EUR", 0, "x"]);
  expect(sent(FieldKind.DATE)).toEqual([0, "", 3, "x"]);
  expect(sent(FieldKind.CHOICES)).toEqual([1, "", 0, "x"]);
  expect(sent(FieldKind.DOCUMENTS)).toEqual([0, "", 0, ""]);
});

test("an option that is left out is what documents lose, not one that is renamed", () => {
  const draft = draftOf(STATUS);
  expect(lostOptions(STATUS, { ...draft, options: draft.options.map((option) => ({ ...option, name: "x" })) })).toEqual([]);
  expect(lostOptions(STATUS, { ...draft, options: draft.options.slice(1) }).map(({ name }) => name)).toEqual(["open"]);
});

test("days are a count, and nothing is none", () => {
  expect(["", " 14 ", "0", "-1", "a week", "1.5"].map(daysFrom)).toEqual([0, 14, 0, null, null, null]);
});

test("what the server finds wrong stands at its box, an option's at that option, though an empty one before it was not sent", () => {
  const options = [
    { key: "new-0", id: "", name: " " },
    { key: "new-1", id: "", name: "a" },
    { key: "new-2", id: "", name: "A" },
  ];
  const draft = { ...NEW_FIELD, kind: FieldKind.CHOICE, options };
  expect(sentOptions(draft).map(({ key }) => key)).toEqual(["new-1", "new-2"]);
  const told = { "field.name": "too long", "field.options[1].name": "twice", "field.reminder_days": "0 to 366", "field.options[9].id": "unknown", strange: "other" };
  expect(faultsOf(told, draft)).toEqual({ name: "too long", reminderDays: "0 to 366", option: { "new-2": "twice" }, others: ["unknown", "other"] });
});

test("what was wrong with a box is told no more once it says something else", () => {
  const sent = { ...NEW_FIELD, kind: FieldKind.CHOICE, name: "Way", extraction: "(", options: withOption(withOption([])) };
  const faults = { name: "taken", extraction: "no pattern", option: { "new-0": "empty", "new-1": "empty" }, others: ["stale"] };
  expect(stillWrong(faults, sent, sent)).toEqual(faults);
  const changed = { ...sent, extraction: "()", options: sent.options.map((option) => (option.key === "new-1" ? { ...option, name: "cash" } : option)) };
  expect(stillWrong(faults, sent, changed)).toEqual({ name: "taken", option: { "new-0": "empty" }, others: ["stale"] });
});
