import { useTransport } from "@connectrpc/connect-query";
import { useMutation } from "@tanstack/react-query";
import { createClient } from "@connectrpc/connect";
import { AdminService, type Job } from "@sdk/scriba/v1/admin_pb.js";
import { RotateCw } from "lucide-react";

import { useJobStream } from "@/adding/strip/useLiveJobs";
import { useMay } from "@/app/queries";
import { Button } from "@/parts/Button";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { retryAll } from "@/settings/jobs/retryingAll";
import { useWords } from "@/words/words";

/** Tries all again that has failed, as after a part that was missing has been installed. */
export function RetryAll() {
  const say = useWords();
  const explain = useExplanation();
  const transport = useTransport();
  const stream = useJobStream();
  const { edit } = useMay();
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      const retried: Job[] = [];
      try {
        await retryAll(transport, (job) => retried.push(job));
      } finally {
        stream.learn(...retried);
      }
      return retried;
    },
    onSuccess: (retried) => notify(say("jobs.retried", { count: retried.length }), retried.length > 0 ? () => void stopAll(retried) : undefined),
    onError: (error) => notifyWrong(explain(error)),
  });
  const stopAll = async (jobs: readonly Job[]) => {
    const client = createClient(AdminService, transport);
    const answers = await Promise.allSettled(jobs.map(({ id }) => client.cancelJob({ id })));
    stream.learn(...answers.flatMap((answer) => (answer.status === "fulfilled" && answer.value.job ? [answer.value.job] : [])));
  };
  if (!edit) return null;
  return (
    <Button icon={RotateCw} isDisabled={isPending} onPress={() => mutate()}>
      {say("jobs.retry_all")}
    </Button>
  );
}
