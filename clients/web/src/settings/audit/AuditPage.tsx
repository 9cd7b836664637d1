import { useInfiniteQuery, useTransport } from "@connectrpc/connect-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { AuditService } from "@sdk/scriba/v1/audit_pb.js";
import { Download, ScrollText, SlidersHorizontal } from "lucide-react";
import { useState } from "react";

import { Button, IconButton } from "@/parts/Button";
import { notifyWrong } from "@/parts/notices";
import { Page } from "@/parts/Page";
import { saveFile } from "@/parts/saving";
import { Empty, Loading, Problem, useExplanation } from "@/parts/states";
import { AuditFilters } from "@/settings/audit/AuditFilters";
import { AuditTable } from "@/settings/audit/AuditTable";
import { exportedEntries } from "@/settings/audit/exporting";
import { auditAddress, auditFilter, auditState } from "@/settings/audit/state";
import { useWords } from "@/words/words";

import style from "./audit.module.css";

/** Who did what, from what to what, by which token and from where. */
export function AuditPage() {
  const say = useWords();
  const explain = useExplanation();
  const navigate = useNavigate();
  const transport = useTransport();
  const { open = "" } = useSearch({ from: "/inside/settings/$subject" });
  const state = auditState(open);
  const filter = auditFilter(state);
  const [isFolded, setFolded] = useState(open === "");
  const list = useInfiniteQuery(
    AuditService.method.listAuditEntries,
    { filter, pageToken: "" },
    { pageParamKey: "pageToken", getNextPageParam: ({ nextPageToken }) => (nextPageToken === "" ? undefined : nextPageToken) },
  );
  const entries = list.data?.pages.flatMap((page) => page.entries);
  const save = async () => {
    try {
      saveFile(await exportedEntries(transport, filter), "audit.jsonl");
    } catch (error) {
      notifyWrong(explain(error));
    }
  };
  return (
    <Page
      title={say("settings.audit")}
      actions={
        <>
          <span className={style.unfold}>
            <IconButton icon={SlidersHorizontal} look="plain" label={say("audit.filters")} aria-expanded={!isFolded} onPress={() => setFolded(!isFolded)} />
          </span>
          <Button icon={Download} onPress={() => void save()}>
            {say("audit.export")}
          </Button>
        </>
      }
    >
      <AuditFilters
        state={state}
        isFolded={isFolded}
        onChange={(chosen) => void navigate({ to: ".", search: { open: auditAddress(chosen) || undefined }, replace: true })}
      />
      {list.error && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {!entries && !list.error && <Loading />}
      {entries?.length === 0 && <Empty icon={ScrollText} title={say("audit.none")} />}
      {entries && entries.length > 0 && <AuditTable entries={entries} />}
      {list.hasNextPage && (
        <div className={style.more}>
          <Button onPress={() => void list.fetchNextPage()} isDisabled={list.isFetchingNextPage}>
            {say("parts.more")}
          </Button>
        </div>
      )}
    </Page>
  );
}
