import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { NodeSchema } from "@sdk/scriba/v1/admin_pb.js";
import { expect, test } from "vitest";

import { documentsRead, hiddenPages } from "@/settings/nodes/reading";

const node = create(NodeSchema, {
  pagesReading: 6,
  reading: [
    { documentId: "12", page: 10, sinceTime: timestampFromMs(5_000) },
    { documentId: "7", page: 1, sinceTime: timestampFromMs(4_000) },
    { documentId: "12", page: 2, sinceTime: timestampFromMs(3_000) },
    { documentId: "3", page: 1, sinceTime: timestampFromMs(4_000) },
  ],
});

test("pages stand by their documents, in order, and what has been read longest comes first", () => {
  expect(documentsRead(node)).toEqual([
    { documentId: "12", pages: [2, 10], since: 3_000 },
    { documentId: "3", pages: [1], since: 4_000 },
    { documentId: "7", pages: [1], since: 4_000 },
  ]);
});

test("pages of documents that one may not see are counted, and never fewer than none", () => {
  expect(hiddenPages(node)).toBe(2);
  expect(hiddenPages(create(NodeSchema, { ...node, pagesReading: 1 }))).toBe(0);
});
