/** What lies in the trash and is selected there: never named by a query, which finds what does not lie there. */

import type { Transport } from "@connectrpc/connect";
import { callUnaryMethod } from "@connectrpc/connect-query";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";

import { type Chosen, isSelected, MOST_IDS, type Selection } from "@/library/selection";

const PAGE = 1000;

/** Names what is selected in the trash, in as many orders as that takes. */
export async function ordersOf(transport: Transport, selection: Selection): Promise<readonly Chosen[]> {
  if (selection.kind === "trash" && selection.without.size === 0) return [{ case: "wholeTrash", value: true }];
  const ids = await trashedIds(transport, selection);
  return Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, part) => ({ case: "documents", value: { ids: ids.slice(part * MOST_IDS, (part + 1) * MOST_IDS) } }));
}

/** Gives the ids of what is selected in the trash; read there where all is but for some. */
export async function trashedIds(transport: Transport, selection: Selection): Promise<readonly string[]> {
  if (selection.kind === "some") return [...selection.ids];
  const found: string[] = [];
  let pageToken = "";
  do {
    const answer = await callUnaryMethod(transport, DocumentService.method.listDocuments, { showDeleted: true, pageSize: PAGE, pageToken });
    found.push(...answer.documents.map(({ id }) => id).filter((id) => isSelected(selection, id)));
    pageToken = answer.nextPageToken;
  } while (pageToken !== "");
  return found;
}
