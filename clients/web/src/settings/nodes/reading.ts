/** What a machine reads, document by document. Pure. */

import { timestampMs } from "@bufbuild/protobuf/wkt";
import type { Node } from "@sdk/scriba/v1/admin_pb.js";

export interface DocumentRead {
  readonly documentId: string;
  /** In their order. */
  readonly pages: readonly number[];
  /** When the first of them was sent there, in milliseconds. */
  readonly since: number;
}

/** Joins the pages of each document; the one that has been read longest comes first. */
export function documentsRead({ reading }: Node): readonly DocumentRead[] {
  const found = new Map<string, DocumentRead>();
  for (const { documentId, page, sinceTime } of reading) {
    const { pages = [], since = Infinity } = found.get(documentId) ?? {};
    found.set(documentId, { documentId, pages: [...pages, page].sort((one, other) => one - other), since: Math.min(since, sinceTime ? timestampMs(sinceTime) : Infinity) });
  }
  return [...found.values()].sort((one, other) => one.since - other.since || Number(BigInt(one.documentId) - BigInt(other.documentId)));
}

/** Counts the pages that are read there of documents which who looks may not see. */
export function hiddenPages({ pagesReading, reading }: Node): number {
  return Math.max(pagesReading - reading.length, 0);
}
