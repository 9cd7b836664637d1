import { useQuery } from "@connectrpc/connect-query";
import { CatalogService, LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import { getRouteApi } from "@tanstack/react-router";

import { InboxZero, NoHit } from "@/library/empty";
import { Library } from "@/library/Library";
import { written } from "@/library/terms";
import { Page } from "@/parts/Page";
import { Loading, Problem } from "@/parts/states";
import { useWords } from "@/words/words";

const route = getRouteApi("/inside/inbox");
const ALL = 1000;

/** Documents that bear a tag which marks what is new. */
export function InboxPage() {
  const say = useWords();
  const navigate = route.useNavigate();
  const state = route.useSearch();
  const tags = useQuery(CatalogService.method.listLabels, { kind: LabelKind.TAG, pageSize: ALL });
  const inbox = tags.data?.labels.filter((tag) => tag.inbox);
  if (!inbox || inbox.length === 0) {
    return <Page title={say("app.inbox")}>{tags.error ? <Problem error={tags.error} onRetry={() => void tags.refetch()} /> : inbox ? <InboxZero /> : <Loading />}</Page>;
  }
  return (
    <Library
      title={say("app.inbox")}
      state={state}
      within={inbox.map(({ name }) => written({ field: "tag", value: name })).join(" OR ")}
      onChange={(search, isStep) => void navigate({ search, replace: !isStep, resetScroll: search.q !== state.q })}
      empty={<InboxZero />}
      noHit={<NoHit />}
    />
  );
}
