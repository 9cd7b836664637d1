import { createClient } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { useMutation } from "@tanstack/react-query";
import { DocumentService, type Document } from "@sdk/scriba/v1/documents_pb.js";
import { VersionService } from "@sdk/scriba/v1/versions_pb.js";

import { useMay } from "@/app/queries";
import { useRefreshed } from "@/document/panels/refreshing";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

import { partsOf, reversed, type Leaves } from "./leaves";
import { carryOut, untilRead } from "./orders";

interface Wish {
  readonly leaves: Leaves;
  /** Makes a document of these pages, and leaves this one as it is. */
  readonly extract: boolean;
  readonly deleteSource: boolean;
}

/** Has pages arranged, cut apart or copied out; each with a way back. */
export function usePageOrder(shown: Document, onDone: () => void) {
  const say = useWords();
  const explain = useExplanation();
  const transport = useTransport();
  const may = useMay();
  const refresh = useRefreshed(shown.id);
  const wrong = (error: unknown) => notifyWrong(explain(error));
  const order = (wish: Wish, version: number) =>
    carryOut({ documentId: shown.id, version, parts: wish.extract ? [wish.leaves] : partsOf(wish.leaves), extract: wish.extract, deleteSource: wish.deleteSource }, transport, new AbortController().signal);

  const undoVersion = async (leaves: Leaves) => {
    const back = reversed(leaves, shown.pageCount);
    const { document: made } = await createClient(DocumentService, transport).getDocument({ id: shown.id });
    const number = made?.version ?? 0;
    const restore = async () => {
      await untilRead(shown.id, transport, new AbortController().signal);
      if (back) await order({ leaves: back, extract: false, deleteSource: false }, number);
      else await createClient(VersionService, transport).deleteVersion({ documentId: shown.id, number });
      notify(say("document.arranged_back"));
      await refresh();
    };
    return back || may.administer ? () => void restore().catch(wrong) : undefined;
  };
  const undoParts = (ids: readonly string[], deleteSource: boolean) => () => {
    const documents = createClient(DocumentService, transport);
    const restore = async () => {
      await documents.batchDeleteDocuments({ ids: [...ids] });
      if (deleteSource) await documents.undeleteDocument({ id: shown.id });
      await refresh();
    };
    void restore().catch(wrong);
  };

  return useMutation({
    mutationFn: (wish: Wish) => order(wish, shown.version),
    onSuccess: async (ids, { leaves, extract, deleteSource }) => {
      if (!extract && partsOf(leaves).length === 1) notify(say("document.arranged"), await undoVersion(leaves));
      else notify(say("document.split_done", { count: ids.length }), undoParts(ids, deleteSource));
      onDone();
      await refresh();
    },
    onError: wrong,
  });
}
