import { create } from "@bufbuild/protobuf";
import { GetAttentionResponseSchema } from "@sdk/scriba/v1/admin_pb.js";
import { expect, test } from "vitest";

import { needs } from "@/home/needs";

test("what is calm asks for nobody", () => {
  expect(needs(create(GetAttentionResponseSchema, {}))).toEqual([]);
});

test("failures come first, then what is overdue, and the queue last", () => {
  const attention = create(GetAttentionResponseSchema, {
    documentsInInbox: 3n,
    documentsFailed: 1n,
    jobsFailed: 2n,
    jobsQueued: 4n,
    jobsRetrying: 1n,
    pagesWaiting: 50n,
    due: [{ field: "pay by", overdue: 1n, upcoming: 2n, documentIds: ["7", "9"] }],
  });
  expect(needs(attention).map(({ kind, count }) => [kind, count])).toEqual([
    ["failed", 2],
    ["overdue", 1],
    ["upcoming", 2],
    ["inbox", 3],
    ["queue", 5],
  ]);
  expect([needs(attention)[1]?.query, needs(attention)[4]?.pages]).toEqual(["id:7 OR id:9", 50]);
});

test("remarks lead to what was read, as they are counted, and not to failures", () => {
  expect(needs(create(GetAttentionResponseSchema, { documentsWithWarnings: 2n }))[0]?.query).toBe("is:warned NOT is:failed");
});
