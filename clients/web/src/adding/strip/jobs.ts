/** The jobs that are at work or have ended a moment ago, as this page has seen them: pure, so that a stream only carries. */

import { timestampMs } from "@bufbuild/protobuf/wkt";
import { JobState, type Job } from "@sdk/scriba/v1/admin_pb.js";

export interface SeenJob {
  readonly job: Job;
  /** When its end was seen here, by the page's clock; null while it is at work. */
  readonly endedAt: number | null;
}

/** By id. */
export type SeenJobs = ReadonlyMap<string, SeenJob>;

export const NO_JOBS: SeenJobs = new Map();

/** The way of a document; a job names the step at work. */
export const STEPS = ["accepted", "rendered", "read", "bound", "understood", "indexed", "ready"] as const;
export type Step = (typeof STEPS)[number];

// Long enough to see that all went well, and to open it.
const STAYS_MILLISECONDS = 30_000;

export function isEnded({ state }: Job): boolean {
  return state === JobState.SUCCEEDED || hasStopped({ state });
}

/** Tells whether a job came to no good end, so that somebody may want to queue it again. */
export function hasStopped({ state }: Pick<Job, "state">): boolean {
  return state === JobState.FAILED || state === JobState.CANCELLED;
}

/** Takes in what was told of jobs. What is older than what is known, as an answer that was overtaken by the stream, changes nothing. */
export function merged(seen: SeenJobs, told: readonly Job[], now: number): SeenJobs {
  const next = new Map(seen);
  for (const job of told) {
    const known = next.get(job.id);
    if (known && newerOf(known.job, job) !== job) continue;
    next.set(job.id, { job, endedAt: isEnded(job) ? (known?.endedAt ?? now) : null });
  }
  return next;
}

/** Gives the one of two tellings of a job that is newer; the second where they are as old. */
export function newerOf(known: Job, told: Job): Job {
  return changedAt(known) > changedAt(told) ? known : told;
}

/** Leaves out what ended well a while ago. What failed stays until somebody puts it away. */
export function withoutOld(seen: SeenJobs, now: number): SeenJobs {
  const old = [...seen.values()].filter((one) => isOld(one, now));
  return old.length === 0 ? seen : without(seen, old.map(({ job }) => job.id));
}

export function without(seen: SeenJobs, ids: readonly string[]): SeenJobs {
  const next = new Map(seen);
  for (const id of ids) next.delete(id);
  return next;
}

/** Gives the latest job on a document. */
export function jobOf(seen: SeenJobs, documentId: string): Job | undefined {
  let latest: Job | undefined;
  for (const { job } of seen.values()) {
    if (job.documentId === documentId && (!latest || begunAt(latest) <= begunAt(job))) latest = job;
  }
  return latest;
}

/** Tells how far a job has come on the way of a document: the place of the step at work, all when it is done. */
export function stepsDone(job: Job): number {
  if (job.state === JobState.SUCCEEDED) return STEPS.length;
  return Math.max(STEPS.indexOf(job.step as Step), 0);
}

/** What changed between two looks, for those who hold answers of the server that are old now. */
export interface JobNews {
  readonly begun: readonly Job[];
  readonly ready: readonly Job[];
  readonly failed: readonly Job[];
}

export function newsBetween(before: SeenJobs, after: SeenJobs): JobNews {
  const begun: Job[] = [];
  const ready: Job[] = [];
  const failed: Job[] = [];
  for (const [id, { job, endedAt }] of after) {
    const former = before.get(id);
    if (former?.job === job) continue;
    if (endedAt === null) {
      if (!former || former.endedAt !== null) begun.push(job);
    } else if (!former || former.endedAt === null) {
      if (job.state === JobState.SUCCEEDED) ready.push(job);
      if (job.state === JobState.FAILED) failed.push(job);
    }
  }
  return { begun, ready, failed };
}

function isOld({ job, endedAt }: SeenJob, now: number): boolean {
  return endedAt !== null && job.state !== JobState.FAILED && now - endedAt >= STAYS_MILLISECONDS;
}

function changedAt({ updateTime }: Job): number {
  return updateTime ? timestampMs(updateTime) : 0;
}

function begunAt({ createTime }: Job): number {
  return createTime ? timestampMs(createTime) : 0;
}
