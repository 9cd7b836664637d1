import { createConnectQueryKey } from "@connectrpc/connect-query";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { AdminService } from "@sdk/scriba/v1/admin_pb.js";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { SearchService } from "@sdk/scriba/v1/search_pb.js";
import { useEffect, useRef, useState } from "react";

import { type JobNews, newsBetween, NO_JOBS, type SeenJobs } from "@/adding/strip/jobs";
import { useWords } from "@/words/words";

// Many documents in a row are told of, and looked for, together.
const GATHER_MILLISECONDS = 2_000;

/** Has pages look anew for what is out of date by what became of jobs, and gives a sentence for screen readers. */
export function useJobNews(jobs: SeenJobs): string {
  const say = useWords();
  const client = useQueryClient();
  const told = useRef<SeenJobs>(NO_JOBS);
  const latest = useRef(jobs);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [sentence, setSentence] = useState("");
  useEffect(() => {
    latest.current = jobs;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const news = newsBetween(told.current, latest.current);
      told.current = latest.current;
      refresh(client, news);
      const { ready, failed } = news;
      if (ready.length + failed.length > 0) {
        setSentence(say("adding.news", { ready: ready.length, failed: failed.length, title: ready[0]?.label ?? failed[0]?.label ?? "" }));
      }
    }, GATHER_MILLISECONDS);
  }, [jobs, client, say]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return sentence;
}

const LISTS = [
  createConnectQueryKey({ schema: DocumentService.method.listDocuments, cardinality: undefined }),
  createConnectQueryKey({ schema: SearchService.method.searchDocuments, cardinality: undefined }),
  createConnectQueryKey({ schema: AdminService.method.getStatistics, cardinality: undefined }),
  createConnectQueryKey({ schema: AdminService.method.listJobs, cardinality: undefined }),
];

function refresh(client: QueryClient, { begun, ready, failed }: JobNews): void {
  const ended = [...ready, ...failed];
  if (ended.length + begun.length === 0) return;
  for (const queryKey of LISTS) void client.invalidateQueries({ queryKey });
  for (const { documentId: id } of [...ended, ...begun]) {
    if (id !== "") void client.invalidateQueries({ queryKey: createConnectQueryKey({ schema: DocumentService.method.getDocument, input: { id }, cardinality: undefined }) });
  }
}
