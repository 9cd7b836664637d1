import { timestampDate } from "@bufbuild/protobuf/wkt";
import { AuditAct, AuditNoun } from "@sdk/scriba/v1/audit_pb.js";
import { expect, test } from "vitest";

import { auditAddress, auditFilter, auditState, EVERYTHING } from "@/settings/audit/state";

const ASKED = { user: "7", act: AuditAct.DELETED, noun: AuditNoun.DOCUMENT, since: "2026-02-28", until: "2026-02-28" };

test("an address says again what was asked for", () => {
  expect(auditState(auditAddress(ASKED))).toEqual(ASKED);
  expect(auditAddress(EVERYTHING)).toBe("");
});

test("what nobody can ask for is left out", () => {
  expect(auditState("act=DANCED&noun=&since=yesterday&until=2026-2-1")).toEqual(EVERYTHING);
});

test("the last day counts whole", () => {
  const { since, until } = auditFilter(ASKED);
  if (!since || !until) throw new Error("no bounds");
  expect(timestampDate(since)).toEqual(new Date(2026, 1, 28));
  expect(timestampDate(until)).toEqual(new Date(2026, 2, 1));
  expect(auditFilter(EVERYTHING).since).toBeUndefined();
});
