import { useQuery } from "@connectrpc/connect-query";
import { CatalogService, type View } from "@sdk/scriba/v1/catalog_pb.js";
import { getRouteApi } from "@tanstack/react-router";
import { PencilLine, Save, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";

import { NowherePage } from "@/app/NowherePage";
import { useMay } from "@/app/queries";
import { columnsOf } from "@/library/columns";
import { NoHit } from "@/library/empty";
import { Library, type Start } from "@/library/Library";
import { LAYOUTS, type LibraryState } from "@/library/state";
import { useViewDeeds } from "@/library/views";
import { Button, IconButton } from "@/parts/Button";
import { later } from "@/parts/later";
import { notify } from "@/parts/notices";
import { Loading, Problem } from "@/parts/states";
import { useWords } from "@/words/words";

const ViewDialog = later(async () => (await import("@/library/ViewDialog")).ViewDialog);
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
  const { edit } = useMay();
  const { change, remove, told } = useViewDeeds();
  const navigate = route.useNavigate();
  const [isOpen, setOpen] = useState(false);
  if (!edit) return null;
  const keepState = async () => {
    await change(view, { query: state.q ?? view.query, orderBy: state.order ?? view.orderBy, display: state.layout ?? view.display }, ["query", "order_by", "display"]);
    notify(say("library.view.kept"));
    await navigate({ search: {}, replace: true });
  };
  const drop = async () => {
    await remove(view, (again) => void navigate({ to: "/views/$viewId", params: { viewId: again.id } }));
    await navigate({ to: "/documents" });
  };
  const isChanged = state.q !== undefined || state.order !== undefined || state.layout !== undefined;
  return (
    <>
      {isChanged && (
        <Button icon={Save} onPress={() => told(keepState)}>
          {say("library.view.keep")}
        </Button>
      )}
      <IconButton icon={PencilLine} label={say("library.view.edit")} onPress={() => setOpen(true)} />
      <IconButton icon={Trash2} label={say("library.view.delete")} onPress={() => told(drop)} />
      {isOpen && (
        <ViewDialog
          title={say("library.view.edit")}
          wishes={view}
          onClose={() => setOpen(false)}
          onSave={async (wishes) => {
            await change(view, wishes, ["name", "sidebar", "dashboard"]);
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
