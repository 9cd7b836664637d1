import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { AdminService, JobSchema, JobState, type Job, type WatchJobsRequest } from "@sdk/scriba/v1/admin_pb.js";
import { expect, test, vi } from "vitest";

import { LiveJobs, type Surroundings } from "@/adding/strip/live";

type Answer = { readonly job: Job; readonly resumeToken: string };

function jobNamed(id: string, state: JobState, changed: number): Job {
  return create(JobSchema, { id, state, updateTime: timestampFromMs(changed) });
}

/** A server whose every stream sends its answers, then ends as it says, or stands open. */
class FakeServer {
  readonly asked: WatchJobsRequest[] = [];
  open = 0;
  readonly #streams: readonly { readonly answers: readonly Answer[]; readonly end?: ConnectError }[];
  readonly ended: Record<string, Job> = {};

  constructor(...streams: readonly { readonly answers: readonly Answer[]; readonly end?: ConnectError }[]) {
    this.#streams = streams;
  }

  transport() {
    const { asked } = this;
    const begin = () => (this.open += 1);
    const close = () => (this.open -= 1);
    const next = () => this.#streams[asked.length - 1] ?? { answers: [] };
    return createRouterTransport(({ service }) => {
      service(AdminService, {
        getJob: ({ id }) => ({ job: this.ended[id] ?? jobNamed(id, JobState.RUNNING, 1) }),
        async *watchJobs(request, { signal }) {
          asked.push(request);
          begin();
          try {
            const { answers, end } = next();
            yield* answers;
            if (end) throw end;
            await new Promise((over) => signal.addEventListener("abort", over));
          } finally {
            close();
          }
        },
      });
    });
  }
}

class FakePage implements Surroundings {
  hidden = false;
  readonly waited: number[] = [];
  readonly #listeners = new Set<() => void>();
  readonly now = () => 7;
  readonly pause = (milliseconds: number, { aborted }: AbortSignal) => {
    if (!aborted) this.waited.push(milliseconds);
    return Promise.resolve();
  };
  readonly isHidden = () => this.hidden;
  readonly onVisibility = (tell: () => void) => (this.#listeners.add(tell), () => void this.#listeners.delete(tell));

  hide(hidden: boolean) {
    this.hidden = hidden;
    for (const tell of this.#listeners) tell();
  }
}

test("a stream that breaks is taken up where it broke, and nothing is told twice", async () => {
  const server = new FakeServer(
    { answers: [{ job: jobNamed("1", JobState.RUNNING, 1), resumeToken: "a" }], end: new ConnectError("gone", Code.Unavailable) },
    { answers: [{ job: jobNamed("1", JobState.SUCCEEDED, 2), resumeToken: "b" }] },
  );
  const live = new LiveJobs(server.transport(), new FakePage());
  const leave = live.subscribe(() => undefined);
  await vi.waitFor(() => expect(live.snapshot().get("1")).toEqual({ job: jobNamed("1", JobState.SUCCEEDED, 2), endedAt: 7 }));
  expect(server.asked.map(({ resumeToken }) => resumeToken)).toEqual(["", "a"]);
  leave();
});

test("a server that is away is asked ever less often, half a minute apart at most", async () => {
  const away = { answers: [], end: new ConnectError("away", Code.Unavailable) };
  const server = new FakeServer(...Array.from({ length: 8 }, () => away));
  const around = new FakePage();
  const leave = new LiveJobs(server.transport(), around).subscribe(() => undefined);
  await vi.waitFor(() => expect(around.waited).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]));
  leave();
});

test("a token of an archive that was restored since is forgotten", async () => {
  const server = new FakeServer(
    { answers: [{ job: jobNamed("1", JobState.RUNNING, 1), resumeToken: "old" }], end: new ConnectError("gone", Code.Unavailable) },
    { answers: [], end: new ConnectError("token", Code.InvalidArgument) },
  );
  const leave = new LiveJobs(server.transport(), new FakePage()).subscribe(() => undefined);
  await vi.waitFor(() => expect(server.asked.map(({ resumeToken }) => resumeToken)).toEqual(["", "old", ""]));
  leave();
});

test("who may not look is refused once, and not asked again", async () => {
  const server = new FakeServer({ answers: [], end: new ConnectError("no", Code.PermissionDenied) });
  const around = new FakePage();
  const leave = new LiveJobs(server.transport(), around).subscribe(() => undefined);
  await vi.waitFor(() => expect(server.open).toBe(0));
  await vi.waitFor(() => expect([server.asked.length, around.waited]).toEqual([1, []]));
  leave();
});

test("a job that ended before the stream began is asked for, since no stream tells of it", async () => {
  const server = new FakeServer();
  server.ended["5"] = jobNamed("5", JobState.SUCCEEDED, 3);
  const live = new LiveJobs(server.transport(), new FakePage());
  const leave = live.subscribe(() => undefined);
  live.expect("5");
  await vi.waitFor(() => expect(live.snapshot().get("5")?.job.state).toBe(JobState.SUCCEEDED));
  leave();
});

test("the stream ends a while after the page was hidden and after the last one looked, and begins anew when it is shown", async () => {
  vi.useFakeTimers();
  try {
    const server = new FakeServer({ answers: [{ job: jobNamed("1", JobState.RUNNING, 1), resumeToken: "a" }] });
    const around = new FakePage();
    const leave = new LiveJobs(server.transport(), around).subscribe(() => undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    around.hide(true);
    await vi.advanceTimersByTimeAsync(19_000);
    expect([server.open, server.asked.length]).toEqual([1, 1]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([server.open, server.asked.length]).toEqual([0, 1]);
    around.hide(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([server.open, server.asked.map(({ resumeToken }) => resumeToken)]).toEqual([1, ["", "a"]]);
    leave();
    await vi.advanceTimersByTimeAsync(2_500);
    expect(server.open).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
