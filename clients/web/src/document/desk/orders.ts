import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { AdminService, JobState } from "@sdk/scriba/v1/admin_pb.js";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { VersionService } from "@sdk/scriba/v1/versions_pb.js";

import { pause } from "@/document/files";
import { isBeingRead } from "@/document/useDocument";
import { newRequestId } from "@/transport/requestId";

import type { Leaves } from "./leaves";

const LOOK_MILLISECONDS = 700;

/** What is ordered of a document's pages. */
export interface PageOrder {
  readonly documentId: string;
  /** That the pages are counted in; 0 for the newest. */
  readonly version: number;
  /** One part is a new version; several, or with `extract` even one, are new documents. */
  readonly parts: readonly Leaves[];
  readonly extract: boolean;
  /** Moves the document to the trash once its parts are made. */
  readonly deleteSource: boolean;
}

/** Orders and waits until it is done; gives the documents that were made, or got a version. Fails with the reason of the job. */
export async function carryOut(order: PageOrder, transport: Transport, signal: AbortSignal): Promise<readonly string[]> {
  const versions = createClient(VersionService, transport);
  const { jobId } = await send(order, versions, signal);
  const jobs = createClient(AdminService, transport);
  for (;;) {
    const { job } = await jobs.getJob({ id: jobId }, { signal });
    if (job?.state === JobState.SUCCEEDED) break;
    if (job?.state === JobState.FAILED || job?.state === JobState.CANCELLED) throw new ConnectError(job.error, Code.Aborted);
    await pause(LOOK_MILLISECONDS, signal);
  }
  return (await versions.getPageOrder({ jobId }, { signal })).documentIds;
}

/** Waits until a document is read, since its pages can't be arranged before. */
export async function untilRead(id: string, transport: Transport, signal: AbortSignal): Promise<void> {
  const documents = createClient(DocumentService, transport);
  for (;;) {
    const { document } = await documents.getDocument({ id }, { signal });
    if (!document || !isBeingRead(document)) return;
    await pause(LOOK_MILLISECONDS, signal);
  }
}

function send({ documentId, version, parts, extract, deleteSource }: PageOrder, versions: ReturnType<typeof createClient<typeof VersionService>>, signal: AbortSignal) {
  const requestId = newRequestId();
  const pages = parts.map((leaves) => ({ pages: leaves.map(({ number, turn }) => ({ number, turn })) }));
  const [only] = pages;
  if (pages.length === 1 && only && !extract) return versions.editPages({ requestId, documentId, version, ...only }, { signal });
  return versions.splitDocument({ requestId, documentId, parts: pages, deleteSource }, { signal });
}
