/** What lies in the trash, by its ids: what is restored or purged is named one by one, never by a query, which finds what does not lie there. */

import type { Transport } from "@connectrpc/connect";
import { callUnaryMethod } from "@connectrpc/connect-query";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";

const PAGE = 500;

/** Reads the ids of what lies in the trash, in an order, `most` at the most. */
export async function trashedIds(transport: Transport, orderBy = "", most = Infinity): Promise<string[]> {
  const found: string[] = [];
  let pageToken = "";
  do {
    const answer = await callUnaryMethod(transport, DocumentService.method.listDocuments, { showDeleted: true, pageSize: PAGE, pageToken, orderBy });
    found.push(...answer.documents.map(({ id }) => id));
    pageToken = answer.nextPageToken;
  } while (pageToken !== "" && found.length < most);
  return found.slice(0, most);
}
