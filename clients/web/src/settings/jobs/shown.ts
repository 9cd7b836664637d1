/** Which jobs the page shows, and in which order: those that the server listed, as they stand now. Pure. */

import { type Timestamp, timestampMs } from "@bufbuild/protobuf/wkt";
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

export interface Spent {
  /** Seconds from when it was queued until work began; null where nobody has noted it, or it is over and never began. */
  readonly waited: number | null;
  /** Seconds of work until its end, or until now; null where it has not begun. */
  readonly worked: number | null;
}

/** Tells how long a job waited from how long it took. */
export function timeSpent(job: Job, now: number): Spent {
  const ended = isEnded(job) ? msOf(job.finishTime) : now;
  const [queued, begun] = [msOf(job.queueTime), msOf(job.startTime)];
  const isWaiting = begun === null && !isEnded(job);
  return { waited: between(queued, isWaiting ? now : begun), worked: between(begun, ended) };
}

function msOf(time: Timestamp | undefined): number | null {
  return time ? timestampMs(time) : null;
}

/** Clocks of two machines may differ a little. */
function between(from: number | null, until: number | null): number | null {
  return from === null || until === null ? null : Math.max(until - from, 0) / 1000;
}

function isShown(state: JobState, filter: Filter): boolean {
  return filter === "all" || STATES[filter].includes(state);
}

/** The newest first, as the server lists them: ids are counted up. */
function comesFirst(one: Job, other: Job): number {
  return Number(BigInt(other.id) - BigInt(one.id));
}
