import { JobState, type Job } from "@sdk/scriba/v1/admin_pb.js";

import { STEPS, stepsDone } from "@/adding/strip/jobs";

import style from "./Steps.module.css";

/** The way of a document as a row of marks; the words beside it say the same. */
export function Steps({ job }: { readonly job: Job }) {
  const done = stepsDone(job);
  const share = job.pagesTotal > 0 ? job.pagesDone / job.pagesTotal : 0;
  return (
    <span className={style.steps} aria-hidden data-failed={job.state === JobState.FAILED || undefined}>
      {STEPS.map((step, place) => (
        <span key={step} className={style.step} data-at={place < done ? "done" : place === done ? "now" : undefined} data-wide={step === "read" || undefined}>
          <span style={{ inlineSize: place < done ? "100%" : place === done && step === "read" ? `${share * 100}%` : "0" }} />
        </span>
      ))}
    </span>
  );
}
