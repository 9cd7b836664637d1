import { useMutation, useQuery } from "@connectrpc/connect-query";
import { CatalogService, type Field } from "@sdk/scriba/v1/catalog_pb.js";
import { SearchService } from "@sdk/scriba/v1/search_pb.js";
import { useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";

import { havingField } from "@/library/terms";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { notify } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

import style from "./fields.module.css";

/** It cannot be undone: all documents lose what they had in the field. */
export function RemovalDialog({ field: { id, etag, name }, onClose }: { readonly field: Field; readonly onClose: () => void }) {
  const say = useWords();
  const explain = useExplanation();
  const client = useQueryClient();
  const found = useQuery(SearchService.method.searchDocuments, { query: havingField(name), pageSize: 1, skipHighlights: true });
  const { mutate, isPending, error } = useMutation(CatalogService.method.deleteField, {
    onSuccess: async ({ documentsChanged }) => {
      await client.invalidateQueries();
      notify(say("fields.removed", { name, count: Number(documentsChanged) }));
      onClose();
    },
  });
  return (
    <Dialog
      title={say("fields.remove.title", { name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="danger" icon={Trash2} isDisabled={isPending} onPress={() => mutate({ id, etag })}>
            {say("fields.remove")}
          </Button>
        </>
      }
    >
      <p>{found.data ? say("fields.remove.counted", { count: Number(found.data.totalSize) }) : say("fields.remove.about")}</p>
      <p>{say("fields.for_ever")}</p>
      {error && (
        <p className={style.wrong} role="alert" lang="en">
          {explain(error)}
        </p>
      )}
    </Dialog>
  );
}
