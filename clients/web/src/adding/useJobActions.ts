import { useMutation } from "@connectrpc/connect-query";
import { AdminService, JobKind, type Job } from "@sdk/scriba/v1/admin_pb.js";

import { useJobWords } from "@/adding/jobWords";
import { useJobStream } from "@/adding/strip/useLiveJobs";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

/** What can be done with a job. */
export function useJobActions(): { readonly retry: (job: Job) => void; readonly cancel: (job: Job) => void } {
  const say = useWords();
  const explain = useExplanation();
  const stream = useJobStream();
  const words = useJobWords();
  const onSuccess = ({ job }: { readonly job?: Job | undefined }) => {
    if (job) stream.learn(job);
  };
  const onError = (error: unknown) => notifyWrong(explain(error));
  const { mutate: retry } = useMutation(AdminService.method.retryJob, { onSuccess, onError });
  const { mutate: cancel } = useMutation(AdminService.method.cancelJob, { onSuccess, onError });
  return {
    retry: ({ id }) => retry({ id }),
    cancel: (job) => {
      const { id } = job;
      const text = say(job.kind === JobKind.DOCUMENT ? "adding.cancelled" : "adding.cancelled_work", { name: words.name(job) });
      cancel({ id }, { onSuccess: () => notify(text, () => retry({ id })) });
    },
  };
}
