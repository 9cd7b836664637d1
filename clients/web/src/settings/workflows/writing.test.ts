import { create } from "@bufbuild/protobuf";
import { FieldKind, FieldSchema, LabelKind, Matching } from "@sdk/scriba/v1/catalog_pb.js";
import { DocumentSource, ScheduleDate, TriggerKind, WorkflowSchema } from "@sdk/scriba/v1/workflows_pb.js";
import { expect, test } from "vitest";

import { newAction, newTrigger, newWorkflow, type ActionDraft } from "@/settings/workflows/draft";
import { draftOf } from "@/settings/workflows/reading";
import { addressesIn, mistakesIn, workflowFrom } from "@/settings/workflows/writing";

const FIELDS = [
  create(FieldSchema, { id: "3", name: "Total", kind: FieldKind.MONEY, currency: "EUR" }),
  create(FieldSchema, { id: "5", name: "Paid", kind: FieldKind.BOOLEAN }),
  create(FieldSchema, { id: "6", name: "Status", kind: FieldKind.CHOICE, options: [{ id: "1", name: "open" }] }),
  create(FieldSchema, { id: "7", name: "Rooms", kind: FieldKind.CHOICES, options: [{ id: "1", name: "bath" }] }),
  create(FieldSchema, { id: "8", name: "Related", kind: FieldKind.DOCUMENTS }),
  create(FieldSchema, { id: "9", name: "Due", kind: FieldKind.DATE }),
];
const KNOWN = { fields: FIELDS, locale: "en" };

const WHOLE = create(WorkflowSchema, {
  id: "1",
  etag: "4",
  name: "All of it",
  enabled: true,
  triggers: [
    {
      kind: TriggerKind.DOCUMENT_ADDED,
      sources: [DocumentSource.FOLDER],
      path: "scanner/*",
      filename: "*.pdf",
      matching: Matching.REGEX,
      pattern: "No\\. \\d+",
      caseSensitive: true,
      tags: { anyOf: ["a"], allOf: ["b"], noneOf: ["c"] },
      correspondents: { anyOf: ["Bank"] },
      documentTypes: { noneOf: ["Letter"] },
      storagePaths: { anyOf: ["taxes"] },
      fieldQuery: '["Total","gt",100]',
    },
    { kind: TriggerKind.SCHEDULED, schedule: { date: ScheduleDate.FIELD, field: "Due", offsetDays: -3, everyDays: 30 } },
    { kind: TriggerKind.CONSUMPTION_STARTED },
  ],
  actions: [
    {
      action: {
        case: "assign",
        value: {
          title: "{{ title }}",
          tags: ["a"],
          correspondent: "Bank",
          documentType: "Bill",
          storagePath: "taxes",
          fields: [
            { field: "Total", value: { case: "money", value: { amount: "12.30", currency: "EUR" } } },
            { field: "Paid", value: { case: "boolean", value: false } },
            { field: "Status", value: { case: "text", value: "open" } },
            { field: "Rooms", value: { case: "choices", value: { names: ["bath"] } } },
            { field: "Related", value: { case: "documents", value: { ids: ["17"] } } },
            { field: "Due", value: { case: "date", value: "2026-02-28" } },
          ],
        },
      },
    },
    { action: { case: "remove", value: { tags: ["a"], correspondents: ["Bank"], documentTypes: ["Bill"], storagePaths: ["taxes"], fields: ["Total"] } } },
    { action: { case: "remove", value: { allOf: [LabelKind.TAG, LabelKind.CORRESPONDENT], allFields: true } } },
    { action: { case: "fillField", value: { field: "Total", source: { case: "pattern", value: "(\\d+)" } } } },
    { action: { case: "fillField", value: { field: "Total", source: { case: "template", value: "{{ asn }}" } } } },
    { action: { case: "email", value: { to: ["a@example.org", "b@example.org"], subject: "s", body: "b", attachDocument: true } } },
    { action: { case: "webhook", value: { url: "https://example.org/hook", params: { a: "1", b: "2" }, asJson: true, keptHeaders: ["X-Token"], attachDocument: true } } },
    { action: { case: "webhook", value: { url: "https://example.org/hook", body: "{{ title }}" } } },
    { action: { case: "removePassword", value: { kept: [2, 1] } } },
    { action: { case: "trash", value: {} } },
  ],
});

test("a workflow that is opened and kept as it is stays the same, its secrets by their names and numbers", () => {
  const sent = workflowFrom(draftOf(WHOLE, FIELDS, "en"), KNOWN, "1", "4");
  expect(sent).toEqual(WHOLE);
});

test("amounts are shown and read as the reader writes them", () => {
  const draft = draftOf(WHOLE, FIELDS, "de");
  const assign = draft.actions[0];
  expect(assign?.case === "assign" && assign.value.fields[0]?.text).toBe("12,30\u00a0€");
  expect(workflowFrom(draft, { ...KNOWN, locale: "de" }, "1", "4").actions[0]).toEqual(WHOLE.actions[0]);
});

test("a filter that was taken away asks nothing, whatever was written in it", () => {
  const draft = draftOf(WHOLE, FIELDS, "en");
  const bare = { ...draft, triggers: draft.triggers.slice(0, 1).map((trigger) => ({ ...trigger, shown: [] })) };
  expect(workflowFrom(bare, KNOWN).triggers).toEqual([create(WorkflowSchema, { triggers: [{ kind: TriggerKind.DOCUMENT_ADDED }] }).triggers[0]]);
});

test("a schedule is sent for that occasion alone, with its days before or after", () => {
  const scheduled = { ...newTrigger("0"), kind: TriggerKind.SCHEDULED, date: ScheduleDate.CREATED, dateField: "Due", offsetDays: "14", isBefore: true };
  const sent = workflowFrom({ ...newWorkflow(), triggers: [scheduled, { ...scheduled, kind: TriggerKind.DOCUMENT_ADDED }] }, KNOWN).triggers;
  expect(sent[0]?.schedule).toMatchObject({ date: ScheduleDate.CREATED, field: "", offsetDays: -14, everyDays: 0 });
  expect(sent[1]?.schedule).toBeUndefined();
});

test("new secrets go out beside those that are kept, and what one takes away is named no more", () => {
  const webhook: ActionDraft = { key: "0", case: "webhook", value: { url: "https://a", sends: "params", params: [], body: "not sent", asJson: false, keptHeaders: [], headers: [{ key: "0", name: " Authorization ", value: "x" }, { key: "1", name: "", value: "y" }], attachDocument: false } };
  const passwords: ActionDraft = { key: "1", case: "removePassword", value: { kept: [2], passwords: [{ key: "0", password: " with spaces " }] } };
  const [first, second] = workflowFrom({ ...newWorkflow(), actions: [webhook, passwords] }, KNOWN).actions;
  expect(first?.action.value).toMatchObject({ headers: { Authorization: "x" }, keptHeaders: [], body: "" });
  expect(second?.action.value).toMatchObject({ kept: [2], passwords: [" with spaces "] });
});

test("what is no amount, no date and no count is told at its place before anything is sent", () => {
  const say = { days: "days", value: (mistake: string) => mistake, query: (mistake: string) => mistake };
  const assign = newAction("7", "assign");
  if (assign.case !== "assign") throw new Error("another action");
  const actions = [{ ...assign, value: { ...assign.value, fields: [{ field: "Total", text: "much", several: [] }, { field: "Paid", text: "yes", several: [] }] } }];
  const scheduled = { ...newTrigger("2"), kind: TriggerKind.SCHEDULED, offsetDays: "-1", everyDays: "often" };
  const unasked = { ...scheduled, key: "3", kind: TriggerKind.DOCUMENT_ADDED };
  expect(mistakesIn({ ...newWorkflow(), triggers: [scheduled, unasked], actions }, KNOWN, say)).toEqual({
    "triggers/2/schedule.offset_days": "days",
    "triggers/2/schedule.every_days": "days",
    "actions/7/assign.fields/Total": "money",
  });
});

test("addresses are told apart by commas, semicolons and line ends", () => {
  expect(addressesIn(" a@x, b@x;c@x\nd@x ")).toEqual(["a@x", "b@x", "c@x", "d@x"]);
});
