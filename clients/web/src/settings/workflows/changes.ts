/** What a dry run would make of a document, beside what it is now; pure. */

import { equals } from "@bufbuild/protobuf";
import { FieldValueSchema } from "@sdk/scriba/v1/catalog_pb.js";
import type { Document } from "@sdk/scriba/v1/documents_pb.js";

import { fieldOf } from "@/document/panels/facts/edits";
import { shownValue } from "@/document/panels/facts/shown";
import type { WordId } from "@/words/words";

export interface Change {
  /** A word for what every document has, or the name of a custom field. */
  readonly what: { readonly word: WordId } | { readonly field: string };
  readonly before: string;
  readonly after: string;
}

const TEXTS = ["title", "correspondent", "documentType", "storagePath"] as const;

export function changesBetween(before: Document, after: Document, locale: string, answered: (answer: boolean) => string): Change[] {
  const texts = TEXTS.filter((name) => before[name] !== after[name]).map((name): Change => ({ what: { word: `workflows.change.${name}` }, before: before[name], after: after[name] }));
  const tags = [before.tags, after.tags].map((names) => names.toSorted().join(", "));
  const [tagsBefore = "", tagsAfter = ""] = tags;
  const names = [...new Set([...before.fields, ...after.fields].map(({ field }) => field))];
  const fields = names
    .filter((name) => !equals(FieldValueSchema, fieldOf(before, name), fieldOf(after, name)))
    .map((name): Change => ({ what: { field: name }, before: shownValue(fieldOf(before, name), locale, answered), after: shownValue(fieldOf(after, name), locale, answered) }));
  return [...texts, ...(tagsBefore === tagsAfter ? [] : [{ what: { word: "workflows.change.tags" as const }, before: tagsBefore, after: tagsAfter }]), ...fields];
}
