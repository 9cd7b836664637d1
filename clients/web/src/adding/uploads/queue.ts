/** The files on their way to the archive: what each waits for, and which goes next. Pure; driver.ts does what it says. */

import type { Outcome, Trouble } from "@/adding/uploads/outcomes";

/** What the documents of some files get, besides what the archive finds out. */
export interface Given {
  readonly tags: readonly string[];
  readonly correspondent: string;
}

export const NOTHING_GIVEN: Given = { tags: [], correspondent: "" };

export interface Sent {
  readonly documentId: string;
  /** "" for a duplicate: nothing is to be read. */
  readonly jobId: string;
  readonly isDuplicate: boolean;
}

export type UploadState =
  | "waiting"
  | "sending"
  | "paused"
  /** Goes on by itself at `retryAt`. */
  | "held"
  /** After the page was loaded anew without its bytes: the same file must be chosen again. */
  | "missing"
  | "refused"
  | "sent";

export interface Upload {
  /** The request id, by which the server knows it. */
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly modified: number;
  readonly given: Given;
  readonly state: UploadState;
  /** How many bytes the server has, as far as is known here. */
  readonly received: number;
  readonly failures: number;
  readonly trouble: Trouble | null;
  readonly retryAt: number;
  /** Whether this browser would still have the bytes after the page is closed. */
  readonly isKept: boolean;
  /** Null until it is taken in. */
  readonly sent: Sent | null;
}

export type Queue = readonly Upload[];

// Without TLS a browser has six connections to a server: two send, one streams the jobs, and three stay for the pages.
const AT_ONCE = 2;
const FIRST_WAIT_MILLISECONDS = 1_000;
const LONGEST_WAIT_MILLISECONDS = 60_000;
const MOST_BEGINNINGS = 3;

export function begun(file: Pick<Upload, "id" | "name" | "size" | "modified" | "given">): Upload {
  return { ...file, state: "waiting", received: 0, failures: 0, trouble: null, retryAt: 0, isKept: false, sent: null };
}

/** Refuses at once what no archive takes, and what is larger than this one does. */
export function taken(upload: Upload, mostBytes: number): Upload {
  if (upload.size > 0 && upload.size <= mostBytes) return upload;
  return { ...upload, state: "refused", trouble: { kind: upload.size > 0 ? "over_bound" : "empty", words: "" } };
}

export function changed(queue: Queue, id: string, change: Partial<Upload>): Queue {
  return queue.map((upload) => (upload.id === id ? { ...upload, ...change } : upload));
}

export function isUnfinished({ state }: Upload): boolean {
  return state !== "sent" && state !== "refused";
}

/** Tells whether closing the page would lose a file that is not sent yet. */
export function wouldLose(queue: Queue): boolean {
  return queue.some((upload) => isUnfinished(upload) && upload.state !== "missing" && !upload.isKept);
}

/** Names the uploads to begin now. While one is held, the others would meet the same, and wait too. */
export function startable(queue: Queue, now: number): readonly string[] {
  const due = queue.filter(({ state, retryAt }) => state === "held" && retryAt <= now);
  if (due.length === 0 && queue.some(({ state }) => state === "held")) return [];
  const free = AT_ONCE - queue.filter(({ state }) => state === "sending").length;
  return [...due, ...queue.filter(({ state }) => state === "waiting")].slice(0, Math.max(free, 0)).map(({ id }) => id);
}

/** Tells when to look again; undefined where nothing waits for the clock. */
export function nextLook(queue: Queue): number | undefined {
  const times = queue.filter(({ state }) => state === "held").map(({ retryAt }) => retryAt);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Tells what an upload is after a call that failed. */
export function after(upload: Upload, outcome: Outcome, now: number): Upload {
  const failures = upload.failures + 1;
  switch (outcome.then) {
    case "hold": {
      const { trouble } = outcome;
      return { ...upload, state: "held", failures, trouble, retryAt: now + (outcome.seconds * 1_000 || waitAfter(failures)) };
    }
    case "go_on":
      return { ...upload, state: "held", failures, trouble: null, received: outcome.received, retryAt: now + (failures > 1 ? waitAfter(failures) : 0) };
    case "begin_again": {
      if (failures < MOST_BEGINNINGS) return { ...upload, state: "held", failures, trouble: null, received: 0, retryAt: now + waitAfter(failures) };
      return { ...upload, state: "refused", failures, trouble: { kind: "unreadable", words: "" } };
    }
    case "ask_for_file":
      return { ...upload, state: "missing", trouble: { kind: "unreadable", words: "" } };
    case "refuse":
      return { ...upload, state: "refused", failures, trouble: outcome.trouble };
  }
}

export function isSameFile(one: Pick<Upload, "name" | "size" | "modified">, other: Pick<Upload, "name" | "size" | "modified">): boolean {
  return one.name === other.name && one.size === other.size && one.modified === other.modified;
}

function waitAfter(failures: number): number {
  return Math.min(FIRST_WAIT_MILLISECONDS * 2 ** (failures - 1), LONGEST_WAIT_MILLISECONDS);
}
