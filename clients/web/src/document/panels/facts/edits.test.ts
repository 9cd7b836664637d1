import { create } from "@bufbuild/protobuf";
import { FieldValueSchema } from "@sdk/scriba/v1/catalog_pb.js";
import { DocumentSchema } from "@sdk/scriba/v1/documents_pb.js";
import { expect, test } from "vitest";

import { changed, changesNothing, type Edit, inverseOf, isConflict, requestOf } from "@/document/panels/facts/edits";

const amount = create(FieldValueSchema, { field: "Amount", value: { case: "money", value: { amount: "12.30", currency: "EUR" } } });
const bill = create(DocumentSchema, { id: "7", etag: "3", title: "Bill", tags: ["home", "tax"], createdDate: "2024-02-29", correspondent: "Acme", archiveSerialNumber: 5n, fields: [amount] });
const title: Edit = { path: "title", value: "Bill of May" };
const tags: Edit = { path: "tags", add: ["paid"], remove: ["tax"] };
const noAmount: Edit = { path: "fields", value: create(FieldValueSchema, { field: "Amount" }) };
const note: Edit = { path: "fields", value: create(FieldValueSchema, { field: "Note", value: { case: "text", value: "x" } }) };
const EDITS: readonly Edit[] = [
  title,
  { path: "createdDate", value: "" },
  { path: "correspondent", value: "Bolt" },
  { path: "documentType", value: "Invoice" },
  { path: "storagePath", value: "By year" },
  { path: "archiveSerialNumber", value: 0n },
  tags,
  noAmount,
  note,
];

test("an edit sends its own part alone, with the mask in the contract's spelling and the etag", () => {
  expect(EDITS.map((edit) => requestOf(bill, edit).updateMask?.paths)).toEqual([
    ["title"], ["created_date"], ["correspondent"], ["document_type"], ["storage_path"], ["archive_serial_number"], ["tags"], ["fields"], ["fields"],
  ]);
  expect(requestOf(bill, title).document).toEqual({ id: "7", etag: "3", title: "Bill of May" });
  expect(requestOf(bill, tags).document).toEqual({ id: "7", etag: "3", tags: ["home", "paid"] });
});

test("what takes an edit back leaves the document as it was", () => {
  for (const edit of EDITS) {
    const after = changed(bill, edit);
    expect(changesNothing(bill, edit)).toBe(false);
    const back = changed(after, inverseOf(bill, after, edit));
    expect({ ...back, tags: back.tags.toSorted() }).toEqual(bill);
  }
});

test("tags that came along with a tag go with it", () => {
  const after = create(DocumentSchema, { ...bill, tags: ["home", "tax", "tax 2024"] });
  expect(inverseOf(create(DocumentSchema, { ...bill, tags: ["home"] }), after, { path: "tags", add: ["tax 2024"], remove: [] })).toEqual({ path: "tags", add: [], remove: ["tax", "tax 2024"] });
});

test("what somebody else changed is asked about only where both changed the same to another value", () => {
  const elsewhere = create(DocumentSchema, { ...bill, etag: "4", title: "Other", tags: ["x"] });
  expect(isConflict(bill, elsewhere, title)).toBe(true);
  expect(isConflict(bill, elsewhere, { path: "title", value: "Other" })).toBe(false);
  expect(isConflict(bill, elsewhere, { path: "correspondent", value: "Bolt" })).toBe(false);
  expect(isConflict(bill, elsewhere, { path: "tags", add: ["paid"], remove: [] })).toBe(false);
  expect(isConflict(bill, changed(bill, noAmount), note)).toBe(false);
});

test("an edit to what is there changes nothing", () => {
  expect(changesNothing(bill, { path: "title", value: "Bill" })).toBe(true);
  expect(changesNothing(bill, { path: "tags", add: ["tax"], remove: ["unknown"] })).toBe(true);
  expect(changesNothing(bill, { path: "fields", value: amount })).toBe(true);
});
