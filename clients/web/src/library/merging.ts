/** Makes one document of several. */

import { callUnaryMethod, useTransport } from "@connectrpc/connect-query";
import { AdminService, JobState } from "@sdk/scriba/v1/admin_pb.js";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { VersionService } from "@sdk/scriba/v1/versions_pb.js";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import type { Progress } from "@/library/bulk";
import { readAnew } from "@/library/readAnew";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { newRequestId } from "@/transport/requestId";
import { useWords } from "@/words/words";

const LOOK_MILLISECONDS = 500;

export interface Merging {
  /** Merges documents in the order in which they were selected; the sources stay. Answers whether it was done. */
  readonly merge: (ids: readonly string[]) => Promise<boolean>;
  /** How far that is; null while nothing is merged. */
  readonly progress: Progress | null;
}

export function useMerge(): Merging {
  const say = useWords();
  const explain = useExplanation();
  const transport = useTransport();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);

  const made = async (ids: readonly string[]): Promise<readonly string[]> => {
    const sources = ids.map((documentId) => ({ documentId }));
    const { jobId } = await callUnaryMethod(transport, VersionService.method.mergeDocuments, { requestId: newRequestId(), sources });
    for (;;) {
      const { job } = await callUnaryMethod(transport, AdminService.method.getJob, { id: jobId });
      if (job?.state === JobState.FAILED || job?.state === JobState.CANCELLED) throw new Error(job.error);
      if (job?.state === JobState.SUCCEEDED) break;
      setProgress({ done: job?.pagesDone ?? 0, total: job?.pagesTotal ?? 0 });
      await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
    }
    return (await callUnaryMethod(transport, VersionService.method.getPageOrder, { jobId })).documentIds;
  };
  const remove = async (ids: readonly string[]) => {
    try {
      await callUnaryMethod(transport, DocumentService.method.batchDeleteDocuments, { ids: [...ids] });
      await readAnew(queries);
      notify(say("library.bulk.unmerged"));
    } catch (error) {
      notifyWrong(explain(error));
    }
  };
  const merge = async (ids: readonly string[]) => {
    setProgress({ done: 0, total: 0 });
    try {
      const mergedIds = await made(ids);
      await readAnew(queries);
      notify(say("library.bulk.merged", { count: ids.length }), () => void remove(mergedIds));
      return true;
    } catch (error) {
      notifyWrong(explain(error));
      return false;
    } finally {
      setProgress(null);
    }
  };
  return { merge, progress };
}
