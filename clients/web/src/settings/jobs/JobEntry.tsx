import { Link } from "@tanstack/react-router";
import { JobKind, JobState, type Job } from "@sdk/scriba/v1/admin_pb.js";

import { JobButton } from "@/adding/JobButton";
import { type JobWords, useJobWords } from "@/adding/jobWords";
import { hasStopped, isEnded, STEPS, stepsDone } from "@/adding/strip/jobs";
import { Steps } from "@/adding/strip/Steps";
import { Meter } from "@/parts/Meter";
import { TimeAgo } from "@/parts/TimeAgo";
import { Took } from "@/settings/jobs/Took";
import { useWords } from "@/words/words";

import style from "./jobs.module.css";

const LOOKS: Partial<Readonly<Record<JobState, "good" | "wrong" | "warn">>> = {
  [JobState.SUCCEEDED]: "good",
  [JobState.FAILED]: "wrong",
  [JobState.RETRYING]: "warn",
};

/** A job: what it works on, how it stands and why, when it began, how long it took, and what can be done about it. */
export function JobEntry({ job }: { readonly job: Job }) {
  const words = useJobWords();
  const name = words.name(job);
  return (
    <li className={style.job}>
      <span className={style.name}>
        {job.documentId === "" ? name : <Link to="/documents/$documentId" params={{ documentId: job.documentId }}>{name}</Link>}
      </span>
      <span className={style.standing} data-look={LOOKS[job.state]}>
        {words.standing(job)}
      </span>
      <Way job={job} name={name} />
      <Facts job={job} words={words} />
      <span className={style.button}>
        <JobButton job={job} />
      </span>
    </li>
  );
}

/** How far it has come; nothing of what is done. */
function Way({ job, name }: { readonly job: Job; readonly name: string }) {
  if (job.state === JobState.SUCCEEDED) return null;
  if (job.kind === JobKind.DOCUMENT) return <span className={style.way}><Steps job={job} /></span>;
  return isEnded(job) ? null : <span className={style.way}><Meter label={name} hideLabel done={job.pagesDone} total={job.pagesTotal} /></span>;
}

function Facts({ job, words }: { readonly job: Job; readonly words: JobWords }) {
  const say = useWords();
  const isReading = job.kind === JobKind.DOCUMENT;
  return (
    <ul className={style.facts}>
      {hasStopped(job) && isReading && <li>{say("jobs.stopped_at", whereabouts(job, words))}</li>}
      {job.state === JobState.SUCCEEDED && isReading && job.pagesTotal > 0 && <li>{say("jobs.pages", { count: job.pagesTotal })}</li>}
      {job.attempt > 1 && <li>{say("jobs.attempt", { count: job.attempt })}</li>}
      <li>
        {say("jobs.begun")} <TimeAgo time={job.createTime} />
      </li>
      <Took job={job} />
    </ul>
  );
}

function whereabouts(job: Job, words: JobWords) {
  const place = stepsDone(job);
  return { place: place + 1, all: STEPS.length, step: words.step(STEPS[place] ?? "ready"), done: job.pagesDone, total: job.pagesTotal };
}
