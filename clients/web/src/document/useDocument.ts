import { useQuery } from "@connectrpc/connect-query";
import { DocumentService, DocumentState, type Document } from "@sdk/scriba/v1/documents_pb.js";

const LOOK_MILLISECONDS = 1_500;

export function isBeingRead({ state }: Pick<Document, "state">): boolean {
  return state === DocumentState.ACCEPTED || state === DocumentState.PROCESSING;
}

/** Gives a document, and looks again as long as it is being read. */
export function useDocument(id: string) {
  return useQuery(DocumentService.method.getDocument, { id }, {
    refetchInterval: ({ state }) => (state.data?.document && isBeingRead(state.data.document) ? LOOK_MILLISECONDS : false),
  });
}
