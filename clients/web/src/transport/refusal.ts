/** What a refusal of the server tells beside its words: the reason, its facts, and which part of the request was wrong. */

import { ConnectError } from "@connectrpc/connect";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "@sdk/google/rpc/error_details_pb.js";

export interface Refusal {
  /** In UPPER_SNAKE_CASE, as docs/api.md lists them; "" where none is told. */
  readonly reason: string;
  readonly facts: Readonly<Record<string, string>>;
  /** By the path of the field that was wrong. */
  readonly violations: Readonly<Record<string, string>>;
  /** 0 where waiting does not help. */
  readonly retrySeconds: number;
}

export function refusalOf(error: unknown): Refusal {
  const told = ConnectError.from(error);
  const [info] = told.findDetails(ErrorInfoSchema);
  const [bad] = told.findDetails(BadRequestSchema);
  const [retry] = told.findDetails(RetryInfoSchema);
  return {
    reason: info?.reason ?? "",
    facts: info?.metadata ?? {},
    violations: Object.fromEntries((bad?.fieldViolations ?? []).map(({ field, description }) => [field, description])),
    retrySeconds: Number(retry?.retryDelay?.seconds ?? 0n),
  };
}
