/** What of all that waits is worth a card, the most pressing first. */

import type { GetAttentionResponse } from "@sdk/scriba/v1/admin_pb.js";

export type NeedKind = "failed" | "overdue" | "upcoming" | "inbox" | "warnings" | "queue";

export interface Need {
  readonly kind: NeedKind;
  readonly count: number;
  /** The custom field whose date is near; "" for all else. */
  readonly field: string;
  /** Still to be read, as far as they are counted. */
  readonly pages: number;
  /** Finds them in the search box; "" where another page shows them. */
  readonly query: string;
}

export function needs(attention: GetAttentionResponse): readonly Need[] {
  const due = attention.due.flatMap(({ documentIds, field, overdue, upcoming }) => [
    need("overdue", overdue, { field, query: idQuery(documentIds) }),
    need("upcoming", upcoming, { field, query: idQuery(documentIds) }),
  ]);
  const all = [
    need("failed", attention.jobsFailed > attention.documentsFailed ? attention.jobsFailed : attention.documentsFailed),
    ...due.filter(({ kind }) => kind === "overdue"),
    ...due.filter(({ kind }) => kind === "upcoming"),
    need("inbox", attention.documentsInInbox),
    need("warnings", attention.documentsWithWarnings, { query: "is:warned NOT is:failed" }),
    need("queue", attention.jobsQueued + attention.jobsRunning + attention.jobsRetrying, { pages: Number(attention.pagesWaiting) }),
  ];
  return all.filter(({ count }) => count > 0);
}

function need(kind: NeedKind, count: bigint, rest: Partial<Need> = {}): Need {
  return { kind, count: Number(count), field: "", pages: 0, query: "", ...rest };
}

function idQuery(ids: readonly string[]): string {
  return ids.map((id) => `id:${id}`).join(" OR ");
}
