import { useInfiniteQuery } from "@connectrpc/connect-query";
import { AdminService } from "@sdk/scriba/v1/admin_pb.js";
import { ListChecks } from "lucide-react";
import { useMemo } from "react";

import { openAdding } from "@/adding/opening";
import { useLiveJobs } from "@/adding/strip/useLiveJobs";
import { useMay } from "@/app/queries";
import { Button } from "@/parts/Button";
import { Empty, Loading, Problem } from "@/parts/states";
import { JobEntry } from "@/settings/jobs/JobEntry";
import { type Filter, shownJobs, STATES } from "@/settings/jobs/shown";
import { useWords } from "@/words/words";

import style from "./jobs.module.css";

const PAGE_SIZE = 100;

/** The jobs of a filter: a part of them, as they change, and a way to more. */
export function JobList({ filter }: { readonly filter: Filter }) {
  const say = useWords();
  const live = useLiveJobs();
  const list = useInfiniteQuery(
    AdminService.method.listJobs,
    { states: [...STATES[filter]], pageSize: PAGE_SIZE, pageToken: "" },
    { pageParamKey: "pageToken", getNextPageParam: ({ nextPageToken }) => (nextPageToken === "" ? undefined : nextPageToken) },
  );
  const jobs = useMemo(
    () => list.data && shownJobs(list.data.pages.flatMap((page) => page.jobs), live, filter, !list.hasNextPage),
    [list.data, list.hasNextPage, live, filter],
  );
  return (
    <>
      {list.error && <Problem error={list.error} onRetry={() => void list.refetch()} />}
      {!jobs && !list.error && <Loading />}
      {jobs?.length === 0 && <NoJobs filter={filter} />}
      {jobs && jobs.length > 0 && (
        <ul className={style.jobs} aria-label={say("settings.jobs")}>
          {jobs.map((job) => (
            <JobEntry key={job.id} job={job} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className={style.more}>
          <Button onPress={() => void list.fetchNextPage()} isDisabled={list.isFetchingNextPage}>
            {say("parts.more")}
          </Button>
        </div>
      )}
    </>
  );
}

function NoJobs({ filter }: { readonly filter: Filter }) {
  const say = useWords();
  const { add } = useMay();
  return (
    <Empty icon={ListChecks} title={say(`jobs.none.${filter}`)}>
      <p>{say(`jobs.none.${filter}.text`)}</p>
      {add && filter === "all" && <Button onPress={openAdding}>{say("adding.title")}</Button>}
    </Empty>
  );
}
