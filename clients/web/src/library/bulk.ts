/** Bulk edits: started, followed to their end, told, and undone as a whole. */

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { callUnaryMethod, useTransport } from "@connectrpc/connect-query";
import { AdminService, type Job, JobState } from "@sdk/scriba/v1/admin_pb.js";
import { type BulkEdit, BulkEditService, type StartBulkEditRequestSchema } from "@sdk/scriba/v1/bulk_edits_pb.js";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { readAnew } from "@/library/readAnew";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { newRequestId } from "@/transport/requestId";
import { useWords, type WordId } from "@/words/words";

export type Order = MessageInitShape<typeof StartBulkEditRequestSchema>;

export interface Progress {
  readonly done: number;
  readonly total: number;
}

const FIRST_LOOK_MILLISECONDS = 150;
const LONGEST_PAUSE_MILLISECONDS = 1500;
const ENDED: readonly JobState[] = [JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED];

export interface Bulk {
  readonly run: (order: Order, word: WordId) => Promise<void>;
  /** Follows one that something else begins, which gives the job's id; "" where there was nothing to do. */
  readonly follow: (begin: () => Promise<string>, word: WordId) => Promise<void>;
  readonly progress: Progress | null;
}

/** Gives how to have many documents changed, and how far that is. */
export function useBulk(): Bulk {
  const say = useWords();
  const explain = useExplanation();
  const transport = useTransport();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);

  const told = async (jobId: string, word: WordId, mayUndo: boolean) => {
    const { edit, job } = await followed(transport, jobId, setProgress);
    await readAnew(queries);
    const [first] = edit.failures;
    if (edit.failedCount > 0n) notifyWrong(say("library.bulk.failed", { count: Number(edit.failedCount), reason: first?.message ?? job.error }));
    else if (job.state === JobState.FAILED) notifyWrong(job.error);
    if (edit.changedCount > 0n || edit.failedCount === 0n) {
      notify(say(word, { count: Number(edit.changedCount) }), mayUndo && edit.changedCount > 0n ? () => void guarded(() => undo(jobId)) : undefined);
    }
  };
  const undo = async (jobId: string) => {
    const answer = await callUnaryMethod(transport, BulkEditService.method.undoBulkEdit, { jobId });
    await told(answer.jobId, "library.bulk.undone", false);
  };
  const guarded = async (act: () => Promise<void>) => {
    try {
      setProgress({ done: 0, total: 0 });
      await act();
    } catch (error) {
      notifyWrong(explain(error));
    } finally {
      setProgress(null);
    }
  };
  const follow = (begin: () => Promise<string>, word: WordId) =>
    guarded(async () => {
      const jobId = await begin();
      if (jobId === "") notify(say("library.bulk.none"));
      else await told(jobId, word, word !== "library.bulk.reprocessed");
    });
  const run = (order: Order, word: WordId) =>
    follow(async () => (await callUnaryMethod(transport, BulkEditService.method.startBulkEdit, { ...order, requestId: newRequestId() })).jobId, word);
  return { run, follow, progress };
}

async function followed(transport: Transport, jobId: string, tell: (progress: Progress) => void): Promise<{ edit: BulkEdit; job: Job }> {
  for (let pause = FIRST_LOOK_MILLISECONDS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MILLISECONDS)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const { job } = await callUnaryMethod(transport, AdminService.method.getJob, { id: jobId });
    if (!job) throw new Error("a job that was started is not there");
    tell({ done: job.pagesDone, total: job.pagesTotal });
    if (!ENDED.includes(job.state)) continue;
    const { bulkEdit: edit } = await callUnaryMethod(transport, BulkEditService.method.getBulkEdit, { jobId });
    if (!edit) throw new Error("a bulk edit that was started is not there");
    return { edit, job };
  }
}
