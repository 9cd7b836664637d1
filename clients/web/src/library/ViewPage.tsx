import { useMutation, useQuery } from "@connectrpc/connect-query";
import { CatalogService, type View } from "@sdk/scriba/v1/catalog_pb.js";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { PencilLine, Save, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";

import { NowherePage } from "@/app/NowherePage";
import { useMay } from "@/app/queries";
import { readAnew } from "@/library/bulk";
import { columnsOf } from "@/library/columns";
import { NoHit } from "@/library/empty";
import { Library, type Start } from "@/library/Library";
import { LAYOUTS, type LibraryState } from "@/library/state";
import { ViewDialog } from "@/library/ViewDialog";
import { Button, IconButton } from "@/parts/Button";
import { notify, notifyWrong } from "@/parts/notices";
import { Loading, Problem, useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

const route = getRouteApi("/inside/views/$viewId");

/** A search that somebody kept under a name. */
export function ViewPage() {
  const { viewId } = route.useParams();
  const state = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery(CatalogService.method.listViews, {});
  const view = data?.views.find(({ id }) => id === viewId);
  const start = useMemo(() => view && startOf(view), [view]);
  if (error) return <Problem error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (!view || !start) return <NowherePage />;
  return (
    <Library
      // Another view begins anew, with its own columns.
      key={viewId}
      title={view.name}
      start={start}
      state={state}
      onChange={(search, isStep) => void navigate({ search, replace: !isStep, resetScroll: search.q !== state.q })}
      actions={<ViewActions view={view} state={state} />}
      empty={<NoHit />}
      noHit={<NoHit />}
    />
  );
}

function ViewActions({ view, state }: { readonly view: View; readonly state: LibraryState }) {
  const say = useWords();
  const explain = useExplanation();
  const { edit } = useMay();
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const [isOpen, setOpen] = useState(false);
  const update = useMutation(CatalogService.method.updateView);
  const create = useMutation(CatalogService.method.createView);
  const remove = useMutation(CatalogService.method.deleteView);
  if (!edit) return null;
  const change = async (next: Partial<View>, paths: string[]) => {
    await update.mutateAsync({ view: { ...view, ...next }, updateMask: { paths } });
    await readAnew(queries);
  };
  const keepState = async () => {
    await change({ query: state.q ?? view.query, orderBy: state.order ?? view.orderBy, display: state.layout ?? view.display }, ["query", "order_by", "display"]);
    notify(say("library.view.kept"));
    await navigate({ search: {}, replace: true });
  };
  const restore = async () => {
    const { view: again } = await create.mutateAsync({ view: { ...view, id: "", etag: "" } });
    await readAnew(queries);
    if (again) await navigate({ to: "/views/$viewId", params: { viewId: again.id } });
  };
  const drop = async () => {
    await remove.mutateAsync({ id: view.id, etag: view.etag });
    await navigate({ to: "/documents" });
    await readAnew(queries);
    notify(say("library.view.deleted", { name: view.name }), () => void told(restore));
  };
  const told = (act: () => Promise<void>) => act().catch((error: unknown) => notifyWrong(explain(error)));
  const isChanged = state.q !== undefined || state.order !== undefined || state.layout !== undefined;
  return (
    <>
      {isChanged && (
        <Button icon={Save} onPress={() => void told(keepState)}>
          {say("library.view.keep")}
        </Button>
      )}
      <IconButton icon={PencilLine} label={say("library.view.edit")} onPress={() => setOpen(true)} />
      <IconButton icon={Trash2} label={say("library.view.delete")} onPress={() => void told(drop)} />
      {isOpen && (
        <ViewDialog
          title={say("library.view.edit")}
          wishes={view}
          onClose={() => setOpen(false)}
          onSave={async (wishes) => {
            await change(wishes, ["name", "sidebar", "dashboard"]);
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function startOf({ query, orderBy, display, columns }: View): Start {
  return { q: query, order: orderBy, layout: LAYOUTS.find((layout) => layout === display), columns: columns.length > 0 ? columnsOf(columns) : undefined };
}
