/** In which way a document can be shown. */

import { type Document, DocumentState, FileKind } from "@sdk/scriba/v1/documents_pb.js";

export type Showing =
  | { readonly way: "pdf"; readonly kind: FileKind.ARCHIVE | FileKind.ORIGINAL }
  | { readonly way: "pictures" | "text" | "locked" | "nothing" };

const TEXTS = /^(text\/|message\/|application\/(json|xml)$)/;

type Shown = Pick<Document, "encrypted" | "hasArchive" | "mimeType" | "pageCount" | "state">;

/** Prefers what has text on its pages to what has none, and pages to plain text. A PDF is shown while it is read. */
export function showingOf({ encrypted, hasArchive, mimeType, pageCount, state }: Shown): Showing {
  if (hasArchive) return { way: "pdf", kind: FileKind.ARCHIVE };
  if (encrypted) return { way: "locked" };
  if (mimeType === "application/pdf") return state === DocumentState.FAILED ? { way: "nothing" } : { way: "pdf", kind: FileKind.ORIGINAL };
  if (TEXTS.test(mimeType)) return { way: "text" };
  return { way: pageCount > 0 ? "pictures" : "nothing" };
}

/** What stays the same as long as the same bytes are shown. */
export function showingKey(document: Pick<Document, "id" | "version" | "sha256" | "hasArchive" | "pageCount">): string {
  return [document.id, document.version, document.sha256, document.hasArchive, document.pageCount].join(" ");
}
