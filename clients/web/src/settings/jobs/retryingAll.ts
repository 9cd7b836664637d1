/** Tries again all that has failed. */

import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { AdminService, JobState, type Job } from "@sdk/scriba/v1/admin_pb.js";

const PAGE_SIZE = 500;
const AT_ONCE = 4;
// Gone, at work again, or somebody else's: nothing that stops the others.
const PASSED_OVER = [Code.NotFound, Code.FailedPrecondition, Code.AlreadyExists, Code.PermissionDenied];

/** Queues every failed job again, and tells of each that was; ends when none is left that could be. */
export async function retryAll(transport: Transport, onRetried: (job: Job) => void): Promise<void> {
  const client = createClient(AdminService, transport);
  const ids = await failedIds(client);
  for (let place = 0; place < ids.length; place += AT_ONCE) {
    const answers = await Promise.all(ids.slice(place, place + AT_ONCE).map((id) => client.retryJob({ id }).catch(passOver)));
    for (const answer of answers) if (answer?.job) onRetried(answer.job);
  }
}

async function failedIds(client: ReturnType<typeof createClient<typeof AdminService>>): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let pageToken = ""; ; ) {
    const answer = await client.listJobs({ states: [JobState.FAILED], pageSize: PAGE_SIZE, pageToken });
    ids.push(...answer.jobs.map(({ id }) => id));
    pageToken = answer.nextPageToken;
    if (pageToken === "") return ids;
  }
}

function passOver(error: unknown): null {
  if (!PASSED_OVER.includes(ConnectError.from(error).code)) throw error;
  return null;
}
