import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Aspect, AssignmentSchema, Giver } from "@sdk/scriba/v1/assignments_pb.js";
import { AuditAct, AuditEntrySchema } from "@sdk/scriba/v1/audit_pb.js";
import { expect, test } from "vitest";

import { deedsOf, mayUndo } from "@/document/panels/history/deeds";

const at = (seconds: number) => timestampFromMs(seconds * 1000);
const entries = [
  create(AuditEntrySchema, { id: "2", time: at(20), changes: [{ field: "title", before: "A", after: "B" }, { field: "tag", before: "", after: "tax" }] }),
  create(AuditEntrySchema, { id: "1", time: at(10), changes: [{ field: "version", before: "", after: "1" }] }),
];
const assignments = [
  create(AssignmentSchema, { id: "1", time: at(5), aspect: Aspect.TITLE, value: "A", giver: Giver.WORKFLOW }),
  create(AssignmentSchema, { id: "2", time: at(15), aspect: Aspect.CORRESPONDENT, value: "Acme", giver: Giver.RULE }),
  create(AssignmentSchema, { id: "3", time: at(20), aspect: Aspect.TITLE, value: "B", before: "A", giver: Giver.USER }),
  create(AssignmentSchema, { id: "4", time: at(20), aspect: Aspect.TAG, value: "tax", giver: Giver.USER }),
];

test("people and machines stand in one list, the newest first, and nothing twice", () => {
  expect(deedsOf(entries, assignments, true).map(({ id }) => id)).toEqual(["entry 2", "assignment 2", "entry 1", "assignment 1"]);
});

test("what is older than the loaded entries waits for them", () => {
  expect(deedsOf(entries, assignments, false).map(({ id }) => id)).toEqual(["entry 2", "assignment 2", "entry 1"]);
});

test("each change of a person finds the assignment that takes it back", () => {
  const [newest] = deedsOf(entries, assignments, true);
  expect(newest?.by === "somebody" && newest.lines.map(({ assignment }) => assignment?.id)).toEqual(["3", "4"]);
});

test("only the last that was given can be taken back, once", () => {
  expect(assignments.map((each) => mayUndo(each, assignments))).toEqual([false, true, true, true]);
  expect(mayUndo(create(AssignmentSchema, { id: "9", undone: true }), [])).toBe(false);
});

test("what a machine gave at once is one deed, and a new document's first version goes without saying", () => {
  const given = [1, 2].map((id) => create(AssignmentSchema, { id: String(id), time: at(5), giver: Giver.INVOICE, aspect: id === 1 ? Aspect.TITLE : Aspect.TAG, value: "x" }));
  const [first, ...rest] = deedsOf([], given, true);
  expect([first?.by === "machine" && first.assignments.length, rest]).toEqual([2, []]);
  const entry = create(AuditEntrySchema, { act: AuditAct.CREATED, changes: [{ field: "original_filename", after: "a.pdf" }, { field: "version", after: "1" }, { field: "duplicate_count", after: "0" }] });
  const [came] = deedsOf([entry], [], true);
  expect(came?.by === "somebody" && came.lines.map(({ change }) => change.field)).toEqual(["original_filename"]);
});
