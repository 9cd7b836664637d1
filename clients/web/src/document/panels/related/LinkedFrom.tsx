import { createQueryOptions, useTransport } from "@connectrpc/connect-query";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { useQueries } from "@tanstack/react-query";

import { DocumentLine, RelatedPart } from "@/document/panels/related/DocumentLine";
import { useFormats } from "@/formats/formats";

/** What a field of the document links to. One by one, since one that is gone would fail them all. */
export function LinkedFrom({ name, ids }: { readonly name: string; readonly ids: readonly string[] }) {
  const formats = useFormats();
  const transport = useTransport();
  const found = useQueries({ queries: ids.map((id) => createQueryOptions(DocumentService.method.getDocument, { id }, { transport })) });
  const documents = found.flatMap(({ data }) => data?.document ?? []);
  if (documents.length === 0) return null;
  return (
    <RelatedPart title={name}>
      {documents.map((document) => (
        <DocumentLine key={document.id} document={document} about={[document.correspondent, formats.day(document.createdDate)].filter(Boolean).join(" · ")} />
      ))}
    </RelatedPart>
  );
}
