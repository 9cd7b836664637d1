import { useMutation } from "@connectrpc/connect-query";
import { DocumentService, type Document } from "@sdk/scriba/v1/documents_pb.js";

import { useRefreshed } from "@/document/panels/refreshing";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

/** Moves a document to the trash and back. */
export function useRemoval({ id, title }: Pick<Document, "id" | "title">): { readonly remove: () => Promise<boolean>; readonly restore: () => void } {
  const say = useWords();
  const explain = useExplanation();
  const refresh = useRefreshed(id);
  const undelete = useMutation(DocumentService.method.undeleteDocument, { onSuccess: refresh, onError: (error) => notifyWrong(explain(error)) });
  const deletion = useMutation(DocumentService.method.deleteDocument);
  const restore = () => undelete.mutate({ id });
  const remove = async () => {
    try {
      await deletion.mutateAsync({ id });
    } catch (error) {
      notifyWrong(explain(error));
      return false;
    }
    notify(say("document.removed", { title }), restore);
    await refresh();
    return true;
  };
  return { remove, restore };
}
