import { useQuery } from "@connectrpc/connect-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { AdminService } from "@sdk/scriba/v1/admin_pb.js";

import { Page } from "@/parts/Page";
import { Tabs } from "@/parts/Tabs";
import { JobList } from "@/settings/jobs/JobList";
import { RetryAll } from "@/settings/jobs/RetryAll";
import { type Filter, filterIn, FILTERS } from "@/settings/jobs/shown";
import { useWords } from "@/words/words";

import style from "./jobs.module.css";

const LOOK_MILLISECONDS = 5_000;

/** What is being done, what waits, what failed and why: each job with its steps, live. */
export function JobsPage() {
  const say = useWords();
  const navigate = useNavigate();
  const { open } = useSearch({ from: "/inside/settings/$subject" });
  const filter = filterIn(open);
  const count = useCounts();
  return (
    <Page title={say("settings.jobs")} actions={filter === "failed" && <RetryAll />}>
      <p className={style.about}>{say("jobs.about")}</p>
      <Tabs
        label={say("jobs.filter")}
        open={filter}
        onOpen={(chosen) => void navigate({ to: ".", search: { open: chosen === "all" ? undefined : chosen } })}
        tabs={FILTERS.map((id) => ({ id, title: say(`jobs.${id}`, { count: count(id) }), content: <JobList filter={id} /> }))}
      />
    </Page>
  );
}

/** Gives a function that counts jobs, 0 where nobody has counted. */
function useCounts(): (filter: Filter) => number {
  const { data } = useQuery(AdminService.method.getAttention, {}, { refetchInterval: LOOK_MILLISECONDS });
  const counted: Partial<Record<Filter, bigint>> = data ? { working: data.jobsQueued + data.jobsRunning + data.jobsRetrying, failed: data.jobsFailed } : {};
  return (filter) => Number(counted[filter] ?? 0n);
}
