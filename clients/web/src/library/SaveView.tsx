import { useMutation } from "@connectrpc/connect-query";
import { CatalogService } from "@sdk/scriba/v1/catalog_pb.js";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { BookmarkPlus } from "lucide-react";
import { useState } from "react";

import { useMay } from "@/app/queries";
import { readAnew } from "@/library/readAnew";
import type { Column } from "@/library/columns";
import type { Layout } from "@/library/state";
import type { ViewWishes } from "@/library/ViewDialog";
import { IconButton } from "@/parts/Button";
import { later } from "@/parts/later";
import { useWords } from "@/words/words";

const ViewDialog = later(async () => (await import("@/library/ViewDialog")).ViewDialog);

interface SaveViewProps {
  readonly query: string;
  readonly order: string;
  readonly layout: Layout;
  readonly columns: readonly Column[];
}

/** Keeps what is searched for under a name. */
export function SaveView({ query, order, layout, columns }: SaveViewProps) {
  const say = useWords();
  const { edit } = useMay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const create = useMutation(CatalogService.method.createView);
  if (!edit) return null;
  const save = async (wishes: ViewWishes) => {
    const { view } = await create.mutateAsync({ view: { ...wishes, query, orderBy: order, display: layout, columns: [...columns] } });
    setOpen(false);
    await readAnew(queries);
    if (view) await navigate({ to: "/views/$viewId", params: { viewId: view.id } });
  };
  return (
    <>
      <IconButton icon={BookmarkPlus} look="plain" label={say("library.view.save")} onPress={() => setOpen(true)} />
      {isOpen && <ViewDialog title={say("library.view.save")} wishes={{ name: "", sidebar: true, dashboard: false }} onClose={() => setOpen(false)} onSave={save} />}
    </>
  );
}
