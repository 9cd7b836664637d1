import { create } from "@bufbuild/protobuf";
import { LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import { DateSource, DocumentSchema, SuggestValuesResponseSchema } from "@sdk/scriba/v1/documents_pb.js";
import { expect, test } from "vitest";

import { isAnyOpen, openFor } from "@/home/suggestions/open";

const suggested = create(SuggestValuesResponseSchema, {
  labels: [
    { kind: LabelKind.CORRESPONDENT, name: "Bank" },
    { kind: LabelKind.TAG, name: "tax" },
  ],
  dates: [{ date: "2026-03-01", source: DateSource.TEXT }],
});

test("what a document lacks and may have is open, kind by kind", () => {
  const open = openFor(create(DocumentSchema, {}), suggested);
  expect(open).toEqual({ labels: ["correspondent", "tags"], date: true });
  expect(isAnyOpen(open)).toBe(true);
});

test("what it has already is not decided anew, but for a tag that it does not bear", () => {
  const filed = create(DocumentSchema, { correspondent: "School", createdDate: "2026-01-01", tags: ["inbox"] });
  expect(openFor(filed, suggested)).toEqual({ labels: ["tags"], date: false });
  const open = openFor(create(DocumentSchema, { ...filed, tags: ["inbox", "tax"] }), suggested);
  expect([open, isAnyOpen(open)]).toEqual([{ labels: [], date: false }, false]);
});

test("a day that says nothing of the paper is nothing to decide", () => {
  const told = create(SuggestValuesResponseSchema, { dates: [{ date: "2026-03-01", source: DateSource.FILE }] });
  expect(isAnyOpen(openFor(create(DocumentSchema, {}), told))).toBe(false);
});
