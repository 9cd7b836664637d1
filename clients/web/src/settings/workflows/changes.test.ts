import { create } from "@bufbuild/protobuf";
import { DocumentSchema } from "@sdk/scriba/v1/documents_pb.js";
import { TriggerKind, WorkflowSchema } from "@sdk/scriba/v1/workflows_pb.js";
import { expect, test } from "vitest";

import { changesBetween } from "@/settings/workflows/changes";
import { lossOf, orderWith } from "@/settings/workflows/making";

const BEFORE = create(DocumentSchema, {
  title: "Scan",
  correspondent: "Bank",
  tags: ["b", "a"],
  fields: [
    { field: "Paid", value: { case: "boolean", value: false } },
    { field: "Number", value: { case: "text", value: "17" } },
  ],
});

test("what a dry run would change is told, and nothing else", () => {
  const after = create(DocumentSchema, {
    title: "Bill",
    correspondent: "Bank",
    tags: ["a", "b", "c"],
    fields: [
      { field: "Paid", value: { case: "boolean", value: true } },
      { field: "Number", value: { case: "text", value: "17" } },
      { field: "Due", value: { case: "date", value: "2026-02-28" } },
    ],
  });
  expect(changesBetween(BEFORE, after, "en-GB", (answer) => (answer ? "yes" : "no"))).toEqual([
    { what: { word: "workflows.change.title" }, before: "Scan", after: "Bill" },
    { what: { word: "workflows.change.tags" }, before: "a, b", after: "a, b, c" },
    { what: { field: "Paid" }, before: "no", after: "yes" },
    { what: { field: "Due" }, before: "", after: "28 Feb 2026" },
  ]);
  expect(changesBetween(BEFORE, create(DocumentSchema, { ...BEFORE, tags: ["a", "b"] }), "en", String)).toEqual([]);
});

test("only what can be made again as it was is removed without a question", () => {
  const triggers = [{ kind: TriggerKind.DOCUMENT_ADDED }];
  const webhook = (keptHeaders: string[]) => create(WorkflowSchema, { triggers, actions: [{ action: { case: "webhook", value: { url: "https://a", keptHeaders } } }] });
  expect([lossOf(webhook([])), lossOf(webhook(["X-Token"]))]).toEqual([null, "secrets"]);
  expect(lossOf(create(WorkflowSchema, { triggers, actions: [{ action: { case: "removePassword", value: { kept: [1] } } }] }))).toBe("secrets");
  expect(lossOf(create(WorkflowSchema, { triggers: [...triggers, { kind: TriggerKind.SCHEDULED }] }))).toBe("schedule");
});

test("one that is made again stands where it stood", () => {
  expect([orderWith(["1", "2"], "9", 1), orderWith(["1", "2", "9"], "9", 0), orderWith(["1", "2"], "9", 2)]).toEqual([
    ["1", "9", "2"],
    ["9", "1", "2"],
    ["1", "2", "9"],
  ]);
});
