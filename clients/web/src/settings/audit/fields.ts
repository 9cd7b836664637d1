/** What the audit's fields are called. Those that are told seldom are called as the contract calls them. */

import type { WordId } from "@/words/words";

const FIELDS: Partial<Readonly<Record<string, WordId>>> = {
  title: "panels.facts.title",
  created_date: "panels.facts.createdDate",
  archive_serial_number: "panels.facts.archiveSerialNumber",
  correspondent: "panels.facts.correspondent",
  document_type: "panels.facts.documentType",
  storage_path: "panels.facts.storagePath",
  tag: "panels.history.tag",
  version: "panels.history.version",
  "share link": "panels.history.share",
  original_filename: "audit.field.original_filename",
  duplicate_count: "audit.field.duplicate_count",
  name: "audit.field.name",
  role: "audit.field.role",
  owner: "audit.field.owner",
  documents: "audit.field.documents",
  members: "audit.field.members",
};

export function saidField(field: string, say: (id: WordId) => string): string {
  const word = FIELDS[field];
  return word ? say(word) : field.replaceAll("_", " ");
}
