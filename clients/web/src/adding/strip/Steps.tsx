import { type Job } from "@sdk/scriba/v1/admin_pb.js";

import { useJobWords } from "@/adding/jobWords";
import { hasStopped, STEPS, stepsDone } from "@/adding/strip/jobs";
import { useWords } from "@/words/words";

import style from "./Steps.module.css";

/** The way of a document as a row of marks, each of which tells the pointer what it is; the words beside it say the same. */
export function Steps({ job }: { readonly job: Job }) {
  const say = useWords();
  const words = useJobWords();
  const done = stepsDone(job);
  const hasEnded = hasStopped(job);
  const share = job.pagesTotal > 0 ? job.pagesDone / job.pagesTotal : 0;
  const standing = (place: number) => (place < done ? "done" : place > done ? "later" : hasEnded ? "failed" : "now");
  return (
    <span className={style.steps} aria-hidden data-failed={hasEnded || undefined}>
      {STEPS.map((step, place) => (
        <span key={step} className={style.step} data-at={standing(place)} data-wide={step === "read" || undefined} title={say(`adding.way.at.${standing(place)}`, { step: words.step(step) })}>
          <span style={{ inlineSize: place < done ? "100%" : place === done && step === "read" ? `${share * 100}%` : "0" }} />
        </span>
      ))}
    </span>
  );
}
