/** What one changes of a document, one thing at a time: what is sent for it, what it makes of the document, and what takes it back. */

import { clone, create, equals, type MessageInitShape } from "@bufbuild/protobuf";
import { type FieldValue, FieldValueSchema } from "@sdk/scriba/v1/catalog_pb.js";
import { type Document, DocumentSchema, type UpdateDocumentRequestSchema } from "@sdk/scriba/v1/documents_pb.js";

export type TextPath = "title" | "createdDate" | "correspondent" | "documentType" | "storagePath";

export type Edit =
  | { readonly path: TextPath; readonly value: string }
  | { readonly path: "archiveSerialNumber"; readonly value: bigint }
  // Tags one by one, so that two who tag the same document are not in each other's way.
  | { readonly path: "tags"; readonly add: readonly string[]; readonly remove: readonly string[] }
  // Without a value, the document's is taken away.
  | { readonly path: "fields"; readonly value: FieldValue };

const MASKS: Readonly<Record<Edit["path"], string>> = {
  title: "title",
  createdDate: "created_date",
  correspondent: "correspondent",
  documentType: "document_type",
  storagePath: "storage_path",
  archiveSerialNumber: "archive_serial_number",
  tags: "tags",
  fields: "fields",
};

export function requestOf(document: Document, edit: Edit): MessageInitShape<typeof UpdateDocumentRequestSchema> {
  const told = { id: document.id, etag: document.etag };
  return { document: { ...told, ...partOf(document, edit) }, updateMask: { paths: [MASKS[edit.path]] } };
}

/** Gives the document as it will be, so that nobody waits to see what he did. */
export function changed(document: Document, edit: Edit): Document {
  const next = clone(DocumentSchema, document);
  if (edit.path === "fields") {
    const others = next.fields.filter(({ field }) => field !== edit.value.field);
    const kept = edit.value.value.case === undefined ? others : [...others, edit.value];
    next.fields = kept.toSorted((one, other) => one.field.localeCompare(other.field));
  } else Object.assign(next, partOf(document, edit));
  return next;
}

/** Gives what takes an edit back: from what the server made of the document, since a tag brings those above it along. */
export function inverseOf(before: Document, after: Document, edit: Edit): Edit {
  switch (edit.path) {
    case "tags":
      return { path: "tags", add: without(before.tags, after.tags), remove: without(after.tags, before.tags) };
    case "fields":
      return { path: "fields", value: fieldOf(before, edit.value.field) };
    case "archiveSerialNumber":
      return { path: "archiveSerialNumber", value: before.archiveSerialNumber };
    default:
      return { path: edit.path, value: before[edit.path] };
  }
}

export function changesNothing(document: Document, edit: Edit): boolean {
  return isSameThere(document, changed(document, edit), edit);
}

/** Tells whether two states of a document say the same of what an edit is about. */
export function isSameThere(one: Document, other: Document, edit: Edit): boolean {
  switch (edit.path) {
    case "tags":
      return without(one.tags, other.tags).length + without(other.tags, one.tags).length === 0;
    case "fields":
      return equals(FieldValueSchema, fieldOf(one, edit.value.field), fieldOf(other, edit.value.field));
    default:
      return one[edit.path] === other[edit.path];
  }
}

/** What to do where the document was changed since it was read: to go on, since it was elsewhere, or to ask. */
export function isConflict(read: Document, fresh: Document, edit: Edit): boolean {
  if (edit.path === "tags") return false;
  return !isSameThere(read, fresh, edit) && !isSameThere(fresh, changed(fresh, edit), edit);
}

/** Gives a document's value of a custom field; one that says nothing where there is none. */
export function fieldOf(document: Document, name: string): FieldValue {
  return document.fields.find(({ field }) => field === name) ?? create(FieldValueSchema, { field: name });
}

function partOf(document: Document, edit: Edit): Partial<Pick<Document, Edit["path"]>> {
  if (edit.path === "tags") return { tags: [...without(document.tags, edit.remove), ...without(edit.add, document.tags)] };
  return edit.path === "fields" ? { fields: [edit.value] } : { [edit.path]: edit.value };
}

function without(names: readonly string[], others: readonly string[]): string[] {
  return names.filter((name) => !others.includes(name));
}
