import { createRouterTransport } from "@connectrpc/connect";
import { AssignmentService } from "@sdk/scriba/v1/assignments_pb.js";
import { FieldKind, LabelKind, Matching } from "@sdk/scriba/v1/catalog_pb.js";
import { expect, test } from "vitest";

import { askOfExtraction, askOfRule, type Ask } from "@/settings/catalog/trial";

const RULE = { kind: LabelKind.TAG, matching: Matching.ANY, pattern: "levy", caseSensitive: false, labelId: "" };
const EXTRACTION = { id: "", kind: FieldKind.TEXT, currency: "", extraction: "No. (\\d+)", options: [] };

const archive = createRouterTransport(({ service }) => {
  service(AssignmentService, {
    async *tryRule({ pattern }) {
      yield { documentsDone: 0n, documentsTotal: 40n };
      yield { documentsDone: 20n, documentsTotal: 40n, outcomes: [{ documentId: "7", title: pattern }] };
      yield { documentsDone: 40n, documentsTotal: 40n, outcomes: [{ documentId: "3", title: pattern }] };
    },
    async *tryExtraction({ field }) {
      yield { documentsDone: 1n, documentsTotal: 1n, outcomes: [{ documentId: "7", value: field?.extraction ?? "" }] };
    },
  });
});

async function told<Outcome extends { documentId: string }>(ask: Ask<Outcome> | null): Promise<[number, number, string[]][]> {
  const trials: [number, number, string[]][] = [];
  if (!ask) return trials;
  for await (const { done, total, outcomes } of ask(archive, new AbortController().signal)) trials.push([done, total, outcomes.map(({ documentId }) => documentId)]);
  return trials;
}

test("what was found before stays while more is looked at", async () => {
  expect(await told(askOfRule(RULE))).toEqual([
    [0, 40, []],
    [20, 40, ["7"]],
    [40, 40, ["7", "3"]],
  ]);
  expect(await told(askOfExtraction(EXTRACTION))).toEqual([[1, 1, ["7"]]]);
});

test("where there is no pattern, nothing is asked", () => {
  expect([askOfRule({ ...RULE, pattern: " " }), askOfRule({ ...RULE, matching: Matching.AUTO }), askOfExtraction({ ...EXTRACTION, extraction: "" })]).toEqual([null, null, null]);
});
