import { useInfiniteQuery } from "@connectrpc/connect-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { SourceService } from "@sdk/scriba/v1/sources_pb.js";
import { Plus, Upload } from "lucide-react";

import { Button } from "@/parts/Button";
import { Page } from "@/parts/Page";
import { Empty, Loading, Problem } from "@/parts/states";
import { SourceDialog } from "@/settings/sources/SourceDialog";
import { SourceEntries } from "@/settings/sources/SourceEntries";
import { useWords } from "@/words/words";

const PAGE = 50;
const NEW = "new";

/** Links by which anybody may add documents without an account, within bounds. */
export function SourcesPage() {
  const say = useWords();
  const navigate = useNavigate();
  const { open } = useSearch({ from: "/inside/settings/$subject" });
  const go = (source?: string) => void navigate({ to: ".", search: source === undefined ? {} : { open: source }, replace: source === undefined });
  const found = useInfiniteQuery(
    SourceService.method.listSources,
    { pageSize: PAGE, pageToken: "" },
    { pageParamKey: "pageToken", getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined },
  );
  const sources = found.data?.pages.flatMap((page) => page.sources) ?? [];
  const opened = sources.find(({ id }) => id === open);
  const make = (
    <Button icon={Plus} look="main" onPress={() => go(NEW)}>
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
      <SourceEntries sources={sources} onEdit={go} />
      {found.hasNextPage && (
        <Button isDisabled={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
          {say("parts.more")}
        </Button>
      )}
      {open === NEW && <SourceDialog source={null} onClose={() => go()} />}
      {opened && <SourceDialog key={opened.id} source={opened} onClose={() => go()} />}
    </Page>
  );
}
