import type { Transport } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { Role } from "@sdk/scriba/v1/access_pb.js";
import type { Job } from "@sdk/scriba/v1/admin_pb.js";
import { useSyncExternalStore } from "react";

import { jobOf, NO_JOBS, type SeenJobs } from "@/adding/strip/jobs";
import { LiveJobs } from "@/adding/strip/live";
import { useSignedIn } from "@/app/queries";

const streams = new WeakMap<Transport, { readonly user: string; readonly jobs: LiveJobs }>();

/** Gives what follows the jobs: one stream, however many look at it; a new one for who comes next. */
export function useJobStream(): LiveJobs {
  const transport = useTransport();
  const { id, name } = useSignedIn();
  const user = id ?? name;
  let stream = streams.get(transport);
  if (stream?.user !== user) streams.set(transport, (stream = { user, jobs: new LiveJobs(transport) }));
  return stream.jobs;
}

/** Gives the jobs that are at work or ended a moment ago, as they change. An uploader sees none. */
export function useLiveJobs(): SeenJobs {
  const stream = useJobStream();
  const mayLook = useSignedIn().role !== Role.UPLOADER;
  return useSyncExternalStore(mayLook ? stream.subscribe : never, mayLook ? stream.snapshot : none);
}

/** Gives the latest job on a document, undefined where none is at work nor ended a moment ago. */
export function useLiveJobOf(documentId: string): Job | undefined {
  return jobOf(useLiveJobs(), documentId);
}

function never(): () => void {
  return () => undefined;
}

function none(): SeenJobs {
  return NO_JOBS;
}
