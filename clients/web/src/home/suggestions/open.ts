/** What of all that may fit a document is still to be decided; pure. */

import { LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import { DateSource, type Document, type SuggestValuesResponse } from "@sdk/scriba/v1/documents_pb.js";

/** A kind of label that may be taken, as a document has it. */
export type LabelPath = "correspondent" | "documentType" | "storagePath" | "tags";

export interface OpenSuggestions {
  readonly labels: readonly LabelPath[];
  readonly date: boolean;
}

export const KINDS: Readonly<Record<LabelPath, LabelKind>> = {
  correspondent: LabelKind.CORRESPONDENT,
  documentType: LabelKind.DOCUMENT_TYPE,
  tags: LabelKind.TAG,
  storagePath: LabelKind.STORAGE_PATH,
};
// When a file was changed or a mail sent says nothing of the paper.
const OF_THE_PAPER: readonly DateSource[] = [DateSource.TEXT, DateSource.FILE_NAME];
const PATHS = ["correspondent", "documentType", "tags", "storagePath"] as const;

/** Another correspondent, type, path or day for a document that has one is nothing to decide; one more tag is. */
export function openFor(document: Document, { labels, dates }: SuggestValuesResponse): OpenSuggestions {
  const isOpen = (path: LabelPath) =>
    path === "tags" ? labels.some(({ kind, name }) => kind === LabelKind.TAG && !document.tags.includes(name)) : document[path] === "" && labels.some(({ kind }) => kind === KINDS[path]);
  return { labels: PATHS.filter(isOpen), date: document.createdDate === "" && dates.some(({ source }) => OF_THE_PAPER.includes(source)) };
}

export function isAnyOpen({ labels, date }: OpenSuggestions): boolean {
  return date || labels.length > 0;
}
