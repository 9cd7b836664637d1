import { Link } from "@tanstack/react-router";
import { JobState, type Job } from "@sdk/scriba/v1/admin_pb.js";
import { FileText, X } from "lucide-react";

import { JobButton } from "@/adding/JobButton";
import { isEnded } from "@/adding/strip/jobs";
import { Steps } from "@/adding/strip/Steps";
import { useJobStream } from "@/adding/strip/useLiveJobs";
import { useJobWords } from "@/adding/jobWords";
import { IconButton } from "@/parts/Button";
import { useWords } from "@/words/words";

import style from "./Strip.module.css";

/** A job of the strip: its document, how far it is, and what can be done about it. */
export function JobRow({ job }: { readonly job: Job }) {
  const say = useWords();
  const words = useJobWords();
  const stream = useJobStream();
  const name = words.name(job);
  const hasFailed = job.state === JobState.FAILED;
  return (
    <li className={style.row} data-wordy={hasFailed || undefined}>
      <FileText size={18} aria-hidden className={style.icon} />
      <span className={style.name}>{job.documentId === "" ? name : <Link to="/documents/$documentId" params={{ documentId: job.documentId }}>{name}</Link>}</span>
      {!hasFailed && (
        <span className={style.way}>
          <Steps job={job} />
        </span>
      )}
      <span className={style.words} data-look={hasFailed ? "wrong" : job.state === JobState.SUCCEEDED ? "good" : undefined}>
        {words.standing(job)}
      </span>
      <span className={style.buttons}>
        <JobButton job={job} look="quiet" />
        {isEnded(job) && <IconButton icon={X} label={say("adding.put_away", { name })} onPress={() => stream.putAway(job.id)} />}
      </span>
    </li>
  );
}
