/** Takes documents out of the archive, as one file. */

import { createClient } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";

import { chosenBy, type Listed } from "@/library/selection";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

/** Gives how to download the originals of what is selected. */
export function useZip(): (selection: Listed) => Promise<void> {
  const say = useWords();
  const explain = useExplanation();
  const transport = useTransport();
  return async (selection) => {
    notify(say("library.bulk.zip.begun"));
    try {
      const chosen = chosenBy(selection);
      const request = chosen.case === "query" ? { query: chosen.value } : { ids: selection.kind === "some" ? [...selection.ids] : [] };
      const chunks: Uint8Array<ArrayBuffer>[] = [];
      for await (const { chunk } of createClient(DocumentService, transport).downloadZip(request)) chunks.push(new Uint8Array(chunk));
      saveAs(new Blob(chunks, { type: "application/zip" }), "scriba.zip");
    } catch (error) {
      notifyWrong(explain(error));
    }
  };
}

function saveAs(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
