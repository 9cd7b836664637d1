import { useInfiniteQuery } from "@connectrpc/connect-query";
import { ShareService } from "@sdk/scriba/v1/shares_pb.js";
import { Link2 } from "lucide-react";

import { ShareLinks } from "@/document/panels/sharing/ShareLinks";
import { Button } from "@/parts/Button";
import { Page } from "@/parts/Page";
import { Empty, Loading, Problem } from "@/parts/states";
import { useWords } from "@/words/words";

const PAGE = 50;

/** One's own share links, those that have ended too; to an administrator those of all. */
export function SharesPage() {
  const say = useWords();
  const shares = useInfiniteQuery(
    ShareService.method.listShareLinks,
    { pageSize: PAGE, pageToken: "" },
    { pageParamKey: "pageToken", getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined },
  );
  const links = shares.data?.pages.flatMap((page) => page.links) ?? [];
  return (
    <Page title={say("settings.shares")} width="text">
      {shares.error && <Problem error={shares.error} onRetry={() => void shares.refetch()} />}
      {shares.isPending && <Loading />}
      {shares.data && links.length === 0 && (
        <Empty icon={Link2} title={say("sources.shares.none")}>
          <p>{say("sources.shares.none.about")}</p>
        </Empty>
      )}
      {links.length > 0 && <ShareLinks links={links} label={say("settings.shares")} />}
      {shares.hasNextPage && (
        <Button isDisabled={shares.isFetchingNextPage} onPress={() => void shares.fetchNextPage()}>
          {say("parts.more")}
        </Button>
      )}
    </Page>
  );
}
