/** What the fields are called that something was changed in: in a document's history and in the audit of all. */

import { Aspect, type Assignment } from "@sdk/scriba/v1/assignments_pb.js";

import type { WordId } from "@/words/words";

// What an assignment is told as in the audit.
const TOLD: Partial<Readonly<Record<Aspect, string>>> = {
  [Aspect.TITLE]: "title",
  [Aspect.CREATED_DATE]: "created_date",
  [Aspect.ARCHIVE_SERIAL_NUMBER]: "archive_serial_number",
  [Aspect.CORRESPONDENT]: "correspondent",
  [Aspect.DOCUMENT_TYPE]: "document_type",
  [Aspect.STORAGE_PATH]: "storage_path",
  [Aspect.TAG]: "tag",
};

const WORDS: Partial<Readonly<Record<string, WordId>>> = {
  title: "panels.facts.title",
  created_date: "panels.facts.createdDate",
  archive_serial_number: "panels.facts.archiveSerialNumber",
  correspondent: "panels.facts.correspondent",
  document_type: "panels.facts.documentType",
  storage_path: "panels.facts.storagePath",
  tag: "panels.history.tag",
  original_filename: "audit.field.original_filename",
  version: "panels.history.version",
  duplicate_count: "panels.file.duplicates",
  note: "panels.note",
  "share link": "panels.history.share",
  "sent to": "panels.history.sent_to",
  owner: "panels.sharing.owner",
  grants: "panels.sharing.grants",
  private: "panels.sharing.private",
  name: "audit.field.name",
  role: "audit.field.role",
  documents: "audit.field.documents",
  members: "audit.field.members",
};

/** Gives the audit's field that an assignment changes. */
export function fieldChangedBy({ aspect, field }: Pick<Assignment, "aspect" | "field">): string {
  return TOLD[aspect] ?? field;
}

/** Names a field; those that are told seldom are called as the contract calls them, and custom ones as people do. */
export function saidField(field: string, say: (id: WordId) => string): string {
  const word = WORDS[field];
  return word ? say(word) : field.replaceAll("_", " ");
}
