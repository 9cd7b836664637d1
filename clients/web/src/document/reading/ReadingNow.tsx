import { useMutation, useQuery } from "@connectrpc/connect-query";
import { AdminService, JobKind, JobState, type Job } from "@sdk/scriba/v1/admin_pb.js";
import { DocumentState, type Document } from "@sdk/scriba/v1/documents_pb.js";
import { RotateCw } from "lucide-react";

import { useLiveJobOf } from "@/adding/strip/useLiveJobs";
import { useMay } from "@/app/queries";
import { useRefreshed } from "@/document/panels/refreshing";
import { isBeingRead } from "@/document/useDocument";
import { Button } from "@/parts/Button";
import { Meter } from "@/parts/Meter";
import { notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { saidProblem } from "@/parts/problems";
import { useWords } from "@/words/words";

import { stepWord } from "./steps";

import style from "./ReadingNow.module.css";

const LOOK_MILLISECONDS = 1_000;

/** How far the reading of a document has come, or why it could not be read. Nothing for one that is ready. */
export function ReadingNow({ document: read }: { readonly document: Document }) {
  const isAtWork = isBeingRead(read);
  const isFailed = read.state === DocumentState.FAILED;
  const live = useLiveJobOf(read.id);
  // Those who see no stream, and a job that it has not told of yet, are looked after by asking.
  const jobs = useQuery(
    AdminService.method.listJobs,
    { documentId: read.id, pageSize: 5 },
    { enabled: isFailed || (isAtWork && !live), refetchInterval: isAtWork && !live ? LOOK_MILLISECONDS : false },
  );
  const job = (isAtWork && live) || jobs.data?.jobs.find(({ kind }) => kind === JobKind.DOCUMENT);
  if (isAtWork) return <Progress job={job} />;
  return isFailed ? <Failure document={read} job={job} /> : null;
}

function Progress({ job }: { readonly job: Job | undefined }) {
  const say = useWords();
  const [done, total] = [job?.pagesDone ?? 0, job?.pagesTotal ?? 0];
  return (
    <div className={style.progress} role="status">
      <Meter label={say(stepWord(job), { done, total })} done={done} total={total} />
      {job?.state === JobState.RETRYING && <p>{saidProblem(job.error, say)}</p>}
    </div>
  );
}

function Failure({ document: read, job }: { readonly document: Document; readonly job: Job | undefined }) {
  const say = useWords();
  const explain = useExplanation();
  const may = useMay();
  const refresh = useRefreshed(read.id);
  const retry = useMutation(AdminService.method.retryJob, { onSuccess: refresh, onError: (error) => notifyWrong(explain(error)) });
  const reasons = job?.error ? [job.error] : read.warnings.map(({ message }) => message);
  return (
    <div className={style.failure} role="alert">
      <h2>{say("document.failed")}</h2>
      {reasons.map((reason) => <p key={reason}>{saidProblem(reason, say)}</p>)}
      <p>{say("document.failed.safe")}</p>
      {may.edit && job && (
        <Button icon={RotateCw} isDisabled={retry.isPending} onPress={() => retry.mutate({ id: job.id })}>
          {say("document.read_again")}
        </Button>
      )}
    </div>
  );
}
