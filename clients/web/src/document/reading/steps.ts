import { JobState, type Job } from "@sdk/scriba/v1/admin_pb.js";

import type { WordId } from "@/words/words";

const AT_WORK = {
  accepted: "document.step.render",
  rendered: "document.step.render",
  read: "document.step.read",
  bound: "document.step.bind",
  understood: "document.step.understand",
  indexed: "document.step.index",
  ready: "document.step.index",
} as const satisfies Record<string, WordId>;

/** Says in words what is being done with a document. */
export function stepWord(job: Pick<Job, "state" | "step"> | undefined): WordId {
  if (!job || job.state === JobState.QUEUED) return "document.step.wait";
  if (job.state === JobState.RETRYING) return "document.step.retry";
  return job.step in AT_WORK ? AT_WORK[job.step as keyof typeof AT_WORK] : "document.step.render";
}
