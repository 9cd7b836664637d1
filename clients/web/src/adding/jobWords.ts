import { JobKind, JobState, type Job } from "@sdk/scriba/v1/admin_pb.js";

import { STEPS, type Step } from "@/adding/strip/jobs";
import { useFormats } from "@/formats/formats";
import { saidProblem } from "@/parts/problems";
import { useWords, type WordId } from "@/words/words";

const STEP_WORDS: Readonly<Record<Step, WordId>> = {
  accepted: "adding.step.accepted",
  rendered: "adding.step.rendered",
  read: "adding.step.read",
  bound: "adding.step.bound",
  understood: "adding.step.understood",
  indexed: "adding.step.indexed",
  ready: "adding.step.ready",
};

const WAY_WORDS: Readonly<Record<Step, WordId>> = {
  accepted: "adding.way.accepted",
  rendered: "adding.way.rendered",
  read: "adding.way.read",
  bound: "adding.way.bound",
  understood: "adding.way.understood",
  indexed: "adding.way.indexed",
  ready: "adding.way.ready",
};

const KIND_WORDS: Readonly<Record<JobKind, WordId>> = {
  [JobKind.UNSPECIFIED]: "adding.kind.document",
  [JobKind.DOCUMENT]: "adding.kind.document",
  [JobKind.REBUILD_INDEX]: "adding.kind.rebuild_index",
  [JobKind.BULK_EDIT]: "adding.kind.bulk_edit",
  [JobKind.PAGES]: "adding.kind.pages",
};

export interface JobWords {
  /** What it works on: the document, else what is done. */
  name(job: Job): string;
  /** How it stands, in one line. */
  standing(job: Job): string;
  /** What a step does, whether or not it has been done. */
  step(step: Step): string;
}

/** Puts jobs into words. */
export function useJobWords(): JobWords {
  const say = useWords();
  const formats = useFormats();
  const work = (job: Job) => {
    if (job.kind !== JobKind.DOCUMENT) return say("adding.working", { done: job.pagesDone, total: job.pagesTotal });
    const step = STEPS.find((known) => known === job.step) ?? "accepted";
    return say(STEP_WORDS[step], { done: job.pagesDone, total: job.pagesTotal });
  };
  return {
    step: (step) => say(WAY_WORDS[step]),
    name: (job) => (job.kind === JobKind.DOCUMENT && job.label !== "" ? job.label : say(KIND_WORDS[job.kind])),
    standing: (job) => {
      switch (job.state) {
        case JobState.QUEUED:
        case JobState.UNSPECIFIED:
          return say("adding.state.queued");
        case JobState.RUNNING:
          return work(job);
        case JobState.RETRYING:
          return say("adding.state.retrying", { time: formats.moment(job.retryTime), reason: saidProblem(job.error, say) });
        case JobState.SUCCEEDED:
          return say("adding.state.ready");
        case JobState.FAILED:
          return say(job.kind === JobKind.DOCUMENT ? "adding.state.failed" : "adding.state.failed_work", { reason: saidProblem(job.error, say) });
        case JobState.CANCELLED:
          return say("adding.state.cancelled");
      }
    },
  };
}
