import { useInfiniteQuery } from "@connectrpc/connect-query";
import { type Source, SourceService } from "@sdk/scriba/v1/sources_pb.js";
import { Plus, Upload } from "lucide-react";
import { useState } from "react";

import { Button } from "@/parts/Button";
import { Page } from "@/parts/Page";
import { Empty, Loading, Problem } from "@/parts/states";
import { SourceDialog } from "@/settings/sources/SourceDialog";
import { SourceEntries } from "@/settings/sources/SourceEntries";
import { useWords } from "@/words/words";

const PAGE = 50;

/** Links by which anybody may add documents without an account, within bounds. */
export function SourcesPage() {
  const say = useWords();
  const [editing, setEditing] = useState<Source | "new" | null>(null);
  const found = useInfiniteQuery(
    SourceService.method.listSources,
    { pageSize: PAGE, pageToken: "" },
    { pageParamKey: "pageToken", getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined },
  );
  const sources = found.data?.pages.flatMap((page) => page.sources) ?? [];
  const make = (
    <Button icon={Plus} look="main" onPress={() => setEditing("new")}>
      {say("sources.new")}
    </Button>
  );
  return (
    <Page title={say("settings.sources")} width="text" actions={sources.length > 0 && make}>
      {found.error && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && sources.length === 0 && (
        <Empty icon={Upload} title={say("sources.none")}>
          <p>{say("sources.none.about")}</p>
          {make}
        </Empty>
      )}
      <SourceEntries sources={sources} onEdit={setEditing} />
      {found.hasNextPage && (
        <Button isDisabled={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
          {say("parts.more")}
        </Button>
      )}
      {editing && <SourceDialog source={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}
