/** One stream of all jobs for the whole page, taken up again where it broke off. */

import { Code, ConnectError, createClient, type Client, type Transport } from "@connectrpc/connect";
import { AdminService, type Job } from "@sdk/scriba/v1/admin_pb.js";

import { isEnded, merged, NO_JOBS, without, withoutOld, type SeenJobs } from "@/adding/strip/jobs";

/** The world around the stream, which tests hand in. */
export interface Surroundings {
  readonly now: () => number;
  /** Ends after a time, or once there is a reason to look at once, as when the network is back. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly isHidden: () => boolean;
  readonly onVisibility: (tell: () => void) => () => void;
}

// A thousand messages in a row are drawn once, not a thousand times.
const GATHER_MILLISECONDS = 100;
const SWEEP_MILLISECONDS = 5_000;
// A browser has six connections to a server without TLS, and each page that streams holds one: six forgotten pages would stop the seventh.
const HIDDEN_MILLISECONDS = 20_000;
const FIRST_WAIT_MILLISECONDS = 500;
const LONGEST_WAIT_MILLISECONDS = 30_000;
// Moving from one page to the next leaves nobody listening for a moment.
const LINGER_MILLISECONDS = 2_000;

export class LiveJobs {
  readonly #client: Client<typeof AdminService>;
  readonly #around: Surroundings;
  readonly #listeners = new Set<() => void>();
  #seen: SeenJobs = NO_JOBS;
  #gathered: Job[] = [];
  #token = "";
  #awaited = new Set<string>();
  #running: AbortController | null = null;
  #stopSoon: ReturnType<typeof setTimeout> | undefined;

  constructor(transport: Transport, around: Surroundings = page) {
    this.#client = createClient(AdminService, transport);
    this.#around = around;
  }

  /** Streams while anybody listens. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    clearTimeout(this.#stopSoon);
    if (!this.#running) this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stopSoon = setTimeout(() => this.#stop(), LINGER_MILLISECONDS);
    };
  };

  readonly snapshot = (): SeenJobs => this.#seen;

  /** Takes in what another call told of jobs. */
  learn(...jobs: readonly Job[]): void {
    this.#change(merged(this.#seen, jobs, this.#around.now()));
  }

  /** Expects news of a job that was begun just now, even should it have ended before the stream began. */
  expect(jobId: string): void {
    if (jobId === "" || this.#seen.has(jobId)) return;
    this.#awaited.add(jobId);
    if (this.#token === "") void this.#ask(jobId);
  }

  /** Shows an ended job no more. */
  putAway(...jobIds: readonly string[]): void {
    this.#change(without(this.#seen, jobIds));
  }

  #start(): void {
    const running = new AbortController();
    this.#running = running;
    const sweep = setInterval(() => this.#change(withoutOld(this.#seen, this.#around.now())), SWEEP_MILLISECONDS);
    running.signal.addEventListener("abort", () => clearInterval(sweep));
    void this.#follow(running.signal);
  }

  #stop(): void {
    this.#running?.abort();
    this.#running = null;
  }

  /** Keeps a stream, and begins the next when one ends, until nobody listens or the server will never let us. */
  async #follow(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const watch = new AbortController();
      const end = () => watch.abort();
      signal.addEventListener("abort", end);
      const forget = this.#stopWhenHidden(watch);
      try {
        await this.#stream(watch.signal, () => (failures = 0));
      } catch (error) {
        const { code } = ConnectError.from(error);
        if (code === Code.PermissionDenied || code === Code.Unauthenticated) this.#stop();
        if (code === Code.InvalidArgument) this.#token = ""; // of an archive that was restored since
      } finally {
        forget();
        signal.removeEventListener("abort", end);
      }
      await this.#untilShown(signal);
      const wait = Math.min(FIRST_WAIT_MILLISECONDS * 2 ** failures++, LONGEST_WAIT_MILLISECONDS);
      await this.#around.pause(wait, signal);
    }
  }

  async #stream(signal: AbortSignal, onNews: () => void): Promise<void> {
    if (this.#token === "") for (const id of this.#awaited) void this.#ask(id);
    for await (const { job, resumeToken } of this.#client.watchJobs({ resumeToken: this.#token }, { signal })) {
      onNews();
      this.#token = resumeToken;
      if (job) this.#gather(job);
    }
  }

  /** Asks for one job: a stream without a token begins with those that have not ended. */
  async #ask(jobId: string): Promise<void> {
    try {
      const { job } = await this.#client.getJob({ id: jobId });
      if (job) this.#gather(job);
    } catch {
      // Asked again when the next stream begins.
    }
  }

  #gather(job: Job): void {
    if (isEnded(job)) this.#awaited.delete(job.id);
    this.#gathered.push(job);
    if (this.#gathered.length > 1) return;
    setTimeout(() => {
      const told = this.#gathered;
      this.#gathered = [];
      this.#change(merged(this.#seen, told, this.#around.now()));
    }, GATHER_MILLISECONDS);
  }

  #stopWhenHidden(watch: AbortController): () => void {
    let hidden: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(hidden);
      if (this.#around.isHidden()) hidden = setTimeout(() => watch.abort(), HIDDEN_MILLISECONDS);
    };
    look();
    const forget = this.#around.onVisibility(look);
    return () => {
      clearTimeout(hidden);
      forget();
    };
  }

  #untilShown(signal: AbortSignal): Promise<void> {
    if (!this.#around.isHidden() || signal.aborted) return Promise.resolve();
    return new Promise((shown) => {
      const look = () => {
        if (this.#around.isHidden() && !signal.aborted) return;
        forget();
        signal.removeEventListener("abort", look);
        shown();
      };
      const forget = this.#around.onVisibility(look);
      signal.addEventListener("abort", look);
    });
  }

  #change(next: SeenJobs): void {
    if (next === this.#seen) return;
    this.#seen = next;
    for (const tell of this.#listeners) tell();
  }
}

const page: Surroundings = {
  now: () => Date.now(),
  pause: (milliseconds, signal) =>
    new Promise((over) => {
      if (signal.aborted) over();
      const end = () => {
        clearTimeout(timer);
        window.removeEventListener("online", end);
        signal.removeEventListener("abort", end);
        over();
      };
      const timer = setTimeout(end, milliseconds);
      window.addEventListener("online", end);
      signal.addEventListener("abort", end);
    }),
  isHidden: () => document.visibilityState === "hidden",
  onVisibility: (tell) => {
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  },
};
