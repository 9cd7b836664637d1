/** What the strip shows, and in which order: files on their way and jobs, a document once. Pure. */

import { type Job, JobState } from "@sdk/scriba/v1/admin_pb.js";

import { isEnded, type SeenJobs } from "@/adding/strip/jobs";
import type { Queue, Upload } from "@/adding/uploads/queue";

export type Row = { readonly key: string; readonly upload: Upload } | { readonly key: string; readonly job: Job };

/** Who needs a person comes first, then what is at work, what waits, what is done. */
export type Standing = "troubled" | "at_work" | "waiting" | "done";
const ORDER: readonly Standing[] = ["troubled", "at_work", "waiting", "done"];

export interface StripContent {
  readonly rows: readonly Row[];
  readonly counts: Readonly<Record<Standing, number>>;
}

export function contentOf(queue: Queue, jobs: SeenJobs): StripContent {
  const sorted: Record<Standing, Row[]> = { troubled: [], at_work: [], waiting: [], done: [] };
  for (const upload of queue) {
    if (upload.sent && jobs.has(upload.sent.jobId)) continue; // the job tells more
    sorted[standingOfUpload(upload)].push({ key: `u${upload.id}`, upload });
  }
  for (const { job } of jobs.values()) {
    if (job.state !== JobState.CANCELLED) sorted[standingOfJob(job)].push({ key: `j${job.id}`, job });
  }
  const counts = { troubled: sorted.troubled.length, at_work: sorted.at_work.length, waiting: sorted.waiting.length, done: sorted.done.length };
  return { rows: ORDER.flatMap((standing) => sorted[standing]), counts };
}

/** Tells how much of all that is shown is done, of 1. */
export function shareDone({ rows }: StripContent): number {
  if (rows.length === 0) return 1;
  return rows.reduce((sum, row) => sum + ("job" in row ? shareOfJob(row.job) : shareOfUpload(row.upload)), 0) / rows.length;
}

function standingOfUpload({ state }: Upload): Standing {
  if (state === "missing" || state === "refused") return "troubled";
  if (state === "sent") return "done";
  return state === "sending" || state === "held" ? "at_work" : "waiting";
}

function standingOfJob(job: Job): Standing {
  if (job.state === JobState.FAILED) return "troubled";
  if (isEnded(job)) return "done";
  return job.state === JobState.QUEUED ? "waiting" : "at_work";
}

function shareOfUpload({ state, received, size }: Upload): number {
  return state === "sent" || state === "refused" ? 1 : received / Math.max(size, 1) / 2;
}

// Sending is the first half of a file's way, as far as one can say.
function shareOfJob(job: Job): number {
  if (isEnded(job)) return 1;
  return 0.5 + job.pagesDone / Math.max(job.pagesTotal, 1) / 2.5;
}
