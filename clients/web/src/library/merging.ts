/** Makes one document of several. */

import { callUnaryMethod, useTransport } from "@connectrpc/connect-query";
import { AdminService, JobState } from "@sdk/scriba/v1/admin_pb.js";
import { VersionService } from "@sdk/scriba/v1/versions_pb.js";
import { useQueryClient } from "@tanstack/react-query";

import { readAnew } from "@/library/bulk";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

const LOOK_MILLISECONDS = 500;

/** Gives how to merge documents in the order in which they were selected; the sources stay. Answers whether it was done. */
export function useMerge(): (ids: readonly string[]) => Promise<boolean> {
  const say = useWords();
  const explain = useExplanation();
  const transport = useTransport();
  const queries = useQueryClient();
  return async (ids) => {
    try {
      const sources = ids.map((documentId) => ({ documentId }));
      const { jobId } = await callUnaryMethod(transport, VersionService.method.mergeDocuments, { requestId: crypto.randomUUID(), sources });
      for (;;) {
        const { job } = await callUnaryMethod(transport, AdminService.method.getJob, { id: jobId });
        if (job?.state === JobState.FAILED || job?.state === JobState.CANCELLED) throw new Error(job.error);
        if (job?.state === JobState.SUCCEEDED) break;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
      }
      await readAnew(queries);
      notify(say("library.bulk.merged", { count: ids.length }));
      return true;
    } catch (error) {
      notifyWrong(explain(error));
      return false;
    }
  };
}
