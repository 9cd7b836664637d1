/** What becomes of an upload after a call that failed. */

import { Code, ConnectError } from "@connectrpc/connect";

import { refusalOf } from "@/transport/refusal";

/** "over_bound" is what the archive has told before anything was sent, "too_large" its answer. */
export type TroubleKind = "offline" | "no_space" | "storage" | "signed_out" | "over_bound" | "too_large" | "hidden" | "empty" | "unreadable" | "other";

export interface Trouble {
  readonly kind: TroubleKind;
  /** The server's own words, for what we have none of. */
  readonly words: string;
}

export type Outcome =
  /** Goes on by itself, after as many seconds, or as often as it has failed says where that is 0. */
  | { readonly then: "hold"; readonly trouble: Trouble; readonly seconds: number }
  /** Goes on from where the server stands. */
  | { readonly then: "go_on"; readonly received: number }
  /** Other bytes arrived than were sent: once more from the beginning. */
  | { readonly then: "begin_again" }
  /** The file cannot be read any more, and must be chosen again. */
  | { readonly then: "ask_for_file" }
  | { readonly then: "refuse"; readonly trouble: Trouble };

/** Raised where the browser cannot read a file any more: it was moved, or changed since it was chosen. */
export class FileGone extends Error {}

const PASSING = [Code.Unavailable, Code.Unknown, Code.DeadlineExceeded, Code.Aborted, Code.Internal];

export function outcomeOf(error: unknown): Outcome {
  if (error instanceof FileGone) return { then: "ask_for_file" };
  const { code, rawMessage: words } = ConnectError.from(error);
  const { reason, facts, retrySeconds: seconds } = refusalOf(error);
  if (reason === "UPLOAD_OFFSET_WRONG") return { then: "go_on", received: Number(facts["received_bytes"] ?? 0) };
  if (reason === "CHECKSUM_MISMATCH" || reason === "UPLOAD_MISSING") return { then: "begin_again" };
  if (reason === "NO_SPACE") return { then: "hold", trouble: { kind: "no_space", words }, seconds };
  if (reason === "STORAGE_FAILED") return { then: "hold", trouble: { kind: "storage", words }, seconds };
  if (reason === "TOO_MANY_AT_ONCE" || reason === "UPLOAD_BUSY") return { then: "hold", trouble: { kind: "other", words }, seconds };
  if (reason === "UPLOAD_TOO_LARGE") return { then: "refuse", trouble: { kind: "too_large", words } };
  if (reason === "HIDDEN_DUPLICATE") return { then: "refuse", trouble: { kind: "hidden", words } };
  if (code === Code.Unauthenticated) return { then: "hold", trouble: { kind: "signed_out", words }, seconds: 0 };
  if (PASSING.includes(code)) return { then: "hold", trouble: { kind: reason === "" ? "offline" : "other", words }, seconds };
  return { then: "refuse", trouble: { kind: "other", words } };
}
