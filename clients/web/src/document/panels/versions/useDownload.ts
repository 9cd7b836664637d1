import { createClient } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { DocumentService, FileKind } from "@sdk/scriba/v1/documents_pb.js";

import { notifyWrong } from "@/parts/notices";
import { saveFile } from "@/parts/saving";
import { useExplanation } from "@/parts/states";

/** Gives a function that brings the file of a version to where the browser keeps downloads. */
export function useDownload(): (id: string, version: number) => Promise<void> {
  const transport = useTransport();
  const explain = useExplanation();
  return async (id, version) => {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let [name, type] = ["", ""];
    try {
      for await (const { part } of createClient(DocumentService, transport).downloadDocument({ id, version, kind: FileKind.ORIGINAL })) {
        if (part.case === "info") [name, type] = [part.value.filename, part.value.mimeType];
        else if (part.case === "chunk") chunks.push(new Uint8Array(part.value));
      }
      saveFile(new Blob(chunks, { type }), name);
    } catch (error) {
      notifyWrong(explain(error));
    }
  };
}
