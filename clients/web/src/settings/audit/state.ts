/** Which entries of the audit an address asks for. */

import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { AuditAct, AuditFilterSchema, AuditNoun, type AuditFilter } from "@sdk/scriba/v1/audit_pb.js";

import { ACTS, NOUNS } from "@/settings/audit/names";

export interface AuditState {
  /** A user's id; "" for everybody. */
  readonly user: string;
  readonly act: AuditAct;
  readonly noun: AuditNoun;
  /** Days, ISO 8601, "" for no bound; the last day counts whole. */
  readonly since: string;
  readonly until: string;
}

export const EVERYTHING: AuditState = { user: "", act: AuditAct.UNSPECIFIED, noun: AuditNoun.UNSPECIFIED, since: "", until: "" };

/** Reads what `auditAddress` wrote; anything else is left out. */
export function auditState(address: string): AuditState {
  const told = new URLSearchParams(address);
  const day = (name: string) => /^\d{4}-\d{2}-\d{2}$/.exec(told.get(name) ?? "")?.[0] ?? "";
  return {
    user: told.get("user") ?? "",
    act: AuditAct[ACTS.find((name) => name === told.get("act")) ?? "UNSPECIFIED"],
    noun: AuditNoun[NOUNS.find((name) => name === told.get("noun")) ?? "UNSPECIFIED"],
    since: day("since"),
    until: day("until"),
  };
}

/** Writes it short: what is not asked for is left out. */
export function auditAddress({ user, act, noun, since, until }: AuditState): string {
  const told = {
    user,
    act: act === AuditAct.UNSPECIFIED ? "" : AuditAct[act],
    noun: noun === AuditNoun.UNSPECIFIED ? "" : AuditNoun[noun],
    since,
    until,
  };
  return new URLSearchParams(Object.entries(told).filter(([, value]) => value !== "")).toString();
}

/** Puts it as the server is asked; days are the reader's own. */
export function auditFilter({ user, act, noun, since, until }: AuditState): AuditFilter {
  return create(AuditFilterSchema, {
    userId: user,
    act,
    noun,
    ...(since !== "" && { since: timestampFromDate(beginOf(since, 0)) }),
    ...(until !== "" && { until: timestampFromDate(beginOf(until, 1)) }),
  });
}

function beginOf(day: string, later: number): Date {
  const begin = new Date(`${day}T00:00:00`);
  begin.setDate(begin.getDate() + later);
  return begin;
}
