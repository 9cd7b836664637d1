/** What is asked anew once a document has changed. */

import type { Transport } from "@connectrpc/connect";
import { createConnectQueryKey, useTransport } from "@connectrpc/connect-query";
import { AssignmentService } from "@sdk/scriba/v1/assignments_pb.js";
import { AuditService } from "@sdk/scriba/v1/audit_pb.js";
import { CatalogService } from "@sdk/scriba/v1/catalog_pb.js";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { SearchService } from "@sdk/scriba/v1/search_pb.js";
import { VersionService } from "@sdk/scriba/v1/versions_pb.js";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";

/** Asks anew for what follows from a document, but for itself, of which somebody may just be changing more. */
export function refreshAround(queries: QueryClient, transport: Transport): void {
  for (const schema of [AssignmentService, AuditService, CatalogService, SearchService, VersionService]) {
    void queries.invalidateQueries({ queryKey: createConnectQueryKey({ schema, transport, cardinality: undefined }) });
  }
  const { listDocuments, suggestValues } = DocumentService.method;
  void queries.invalidateQueries({ queryKey: createConnectQueryKey({ schema: listDocuments, transport, cardinality: undefined }) });
  void queries.invalidateQueries({ queryKey: createConnectQueryKey({ schema: suggestValues, transport, cardinality: "finite" }) });
}

/** Gives a function that asks anew for a document and all around it, after it was changed otherwise than by its facts. */
export function useRefreshed(id: string): () => Promise<void> {
  const queries = useQueryClient();
  const transport = useTransport();
  return async () => {
    refreshAround(queries, transport);
    await queries.invalidateQueries({ queryKey: createConnectQueryKey({ schema: DocumentService.method.getDocument, input: { id }, transport, cardinality: "finite" }) });
  };
}
