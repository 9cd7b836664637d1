import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { AdminService, JobState } from "@sdk/scriba/v1/admin_pb.js";
import { expect, test } from "vitest";

import { retryAll } from "@/settings/jobs/retryingAll";

/** Has failed jobs, by two on a page, of which some cannot be queued again. */
function archiveWith(ids: readonly string[], refused: Readonly<Record<string, Code>> = {}) {
  return createRouterTransport(({ service }) => {
    service(AdminService, {
      listJobs: ({ states, pageToken }) => {
        if (states.join() !== String(JobState.FAILED)) throw new ConnectError("not those that failed", Code.InvalidArgument);
        const place = Number(pageToken || "0");
        return { jobs: ids.slice(place, place + 2).map((id) => ({ id, state: JobState.FAILED })), nextPageToken: place + 2 < ids.length ? String(place + 2) : "" };
      },
      retryJob: ({ id }) => {
        if (refused[id] !== undefined) throw new ConnectError("no", refused[id]);
        return { job: { id, state: JobState.QUEUED } };
      },
    });
  });
}

async function retried(archive: ReturnType<typeof archiveWith>): Promise<string[]> {
  const ids: string[] = [];
  await retryAll(archive, ({ id }) => ids.push(id));
  return ids;
}

test("all that failed is tried again, however many pages it fills", async () => {
  expect(await retried(archiveWith(["1", "2", "3", "4", "5"]))).toEqual(["1", "2", "3", "4", "5"]);
});

test("one that is gone, at work again or somebody else's does not stop the others", async () => {
  expect(await retried(archiveWith(["1", "2", "3", "4"], { "1": Code.NotFound, "2": Code.FailedPrecondition, "3": Code.PermissionDenied }))).toEqual(["4"]);
});

test("an archive that does not answer is told", async () => {
  await expect(retried(archiveWith(["1"], { "1": Code.Unavailable }))).rejects.toThrow("unavailable");
});
