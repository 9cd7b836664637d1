import { useQuery } from "@connectrpc/connect-query";
import { CatalogService, type View } from "@sdk/scriba/v1/catalog_pb.js";
import { PermissionService } from "@sdk/scriba/v1/permissions_pb.js";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Bookmark } from "lucide-react";

import { useMay } from "@/app/queries";
import { ViewDialog } from "@/library/ViewDialog";
import { renumbered, useViewDeeds } from "@/library/views";
import { Ordered } from "@/parts/Ordered";
import { movedTo } from "@/parts/ordering";
import { Page } from "@/parts/Page";
import { Empty, Loading, Problem } from "@/parts/states";
import { AccessDialog } from "@/settings/access/AccessDialog";
import { ViewEntry } from "@/settings/views/ViewEntry";
import { useWords } from "@/words/words";

const ACCESS = "access";

/** Searches that were kept under a name: in their order, and where each is shown. */
export function ViewsPage() {
  const say = useWords();
  const { data, error, refetch } = useQuery(CatalogService.method.listViews, {});
  return (
    <Page title={say("settings.views")}>
      {error && !data && <Problem error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Loading />}
      {data?.views.length === 0 && (
        <Empty icon={Bookmark} title={say("views.none")}>
          <p>{say("views.none.about")}</p>
          <p>
            <Link to="/documents">{say("views.search")}</Link>
          </p>
        </Empty>
      )}
      {data && data.views.length > 0 && <ViewList views={data.views} />}
    </Page>
  );
}

function ViewList({ views }: { readonly views: readonly View[] }) {
  const say = useWords();
  const navigate = useNavigate();
  const { edit } = useMay();
  const { change, told } = useViewDeeds();
  const { open = "" } = useSearch({ from: "/inside/settings/$subject" });
  const [openId, part] = open.split("/");
  const ownerOf = useOwners(views);
  const opened = edit ? views.find(({ id }) => id === openId) : undefined;
  const go = (next?: string) => void navigate({ to: ".", search: next === undefined ? {} : { open: next }, replace: next === undefined });
  const move = (from: number, to: number) =>
    told(async () => {
      for (const { view, position } of renumbered(movedTo(views, from, to))) await change(view, { position }, ["position"]);
    });
  return (
    <>
      <p>{say("views.about")}</p>
      <Ordered label={say("settings.views")} items={views} keyOf={({ id }) => id} nameOf={({ name }) => name} onMove={edit ? move : undefined}>
        {(view) => <ViewEntry view={view} owner={ownerOf(view)} onEdit={() => go(view.id)} onAccess={() => go(`${view.id}/${ACCESS}`)} />}
      </Ordered>
      {opened && part === undefined && (
        <ViewDialog
          title={say("library.view.edit")}
          wishes={opened}
          onClose={() => go()}
          onSave={async (wishes) => {
            await change(opened, wishes, ["name", "sidebar", "dashboard"]);
            go();
          }}
        />
      )}
      {opened && part === ACCESS && <AccessDialog item={{ case: "viewId", value: opened.id }} name={opened.name} onClose={() => go()} />}
    </>
  );
}

/** Gives the name of whom a view belongs to; "" where it is everybody's. */
function useOwners(views: readonly View[]): (view: View) => string {
  const items = views.map(({ id }) => ({ what: { case: "viewId" as const, value: id } }));
  const { data } = useQuery(PermissionService.method.getItemPermissions, { items });
  const names = new Map(data?.permissions.map(({ item, ownerName }) => [item?.what.value, ownerName]));
  return ({ id }) => names.get(id) ?? "";
}
