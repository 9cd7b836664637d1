/** Which jobs the page shows, and in which order: those that the server listed, as they stand now. Pure. */

import { timestampMs } from "@bufbuild/protobuf/wkt";
import { JobState, type Job } from "@sdk/scriba/v1/admin_pb.js";

import { isEnded, newerOf, type SeenJobs } from "@/adding/strip/jobs";

export const FILTERS = ["all", "working", "failed", "done", "stopped"] as const;
export type Filter = (typeof FILTERS)[number];

/** None for all. */
export const STATES: Readonly<Record<Filter, readonly JobState[]>> = {
  all: [],
  working: [JobState.QUEUED, JobState.RUNNING, JobState.RETRYING],
  failed: [JobState.FAILED],
  done: [JobState.SUCCEEDED],
  stopped: [JobState.CANCELLED],
};

/** Reads what stands in the address; anything else asks for all. */
export function filterIn(address: string | undefined): Filter {
  return FILTERS.find((filter) => filter === address) ?? "all";
}

/** Joins the pages of the list with what the stream has told since. A job older than the last one listed comes with the next page. */
export function shownJobs(listed: readonly Job[], live: SeenJobs, filter: Filter, isWhole: boolean): readonly Job[] {
  const byId = new Map(listed.map((job) => [job.id, job]));
  const oldest = listed.at(-1);
  for (const { job } of live.values()) {
    const known = byId.get(job.id);
    if (known || isWhole || !oldest || comesFirst(job, oldest) < 0) byId.set(job.id, known ? newerOf(known, job) : job);
  }
  return [...byId.values()].filter(({ state }) => isShown(state, filter)).sort(comesFirst);
}

/** Seconds from its beginning until its end, or until now. */
export function secondsTaken(job: Job, now: number): number {
  const begun = job.createTime ? timestampMs(job.createTime) : now;
  const ended = isEnded(job) && job.finishTime ? timestampMs(job.finishTime) : now;
  return Math.max(ended - begun, 0) / 1000;
}

function isShown(state: JobState, filter: Filter): boolean {
  return filter === "all" || STATES[filter].includes(state);
}

/** The newest first, as the server lists them: ids are counted up. */
function comesFirst(one: Job, other: Job): number {
  return Number(BigInt(other.id) - BigInt(one.id));
}
