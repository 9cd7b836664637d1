import { createConnectQueryKey, useQuery, useTransport } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { DocumentService, DocumentState, type Document } from "@sdk/scriba/v1/documents_pb.js";
import { SearchService } from "@sdk/scriba/v1/search_pb.js";
import { VersionService } from "@sdk/scriba/v1/versions_pb.js";
import { AuditService } from "@sdk/scriba/v1/audit_pb.js";

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

/** Gives a function that asks anew for what the pages know of a document, after it was changed. */
export function useRefresh(id: string): () => Promise<void> {
  const queries = useQueryClient();
  const transport = useTransport();
  return async () => {
    await queries.invalidateQueries({ queryKey: createConnectQueryKey({ schema: DocumentService.method.getDocument, input: { id }, transport, cardinality: "finite" }) });
    for (const schema of [DocumentService, SearchService, VersionService, AuditService]) {
      void queries.invalidateQueries({ queryKey: createConnectQueryKey({ schema, transport, cardinality: undefined }) });
    }
  };
}
