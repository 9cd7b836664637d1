/** A rule asked about the documents that are there, before it is kept. */

import { createClient, type Transport } from "@connectrpc/connect";
import type { LabelKind, Matching } from "@sdk/scriba/v1/catalog_pb.js";
import { AssignmentService, type TryRuleResponse_Outcome } from "@sdk/scriba/v1/assignments_pb.js";

export interface Trial {
  readonly done: number;
  readonly total: number;
  /** Documents that it fits, and those that bear the label although it does not. */
  readonly outcomes: readonly TryRuleResponse_Outcome[];
}

export interface Rule {
  readonly kind: LabelKind;
  readonly matching: Matching;
  readonly pattern: string;
  readonly caseSensitive: boolean;
  /** "" for a new label. */
  readonly labelId: string;
}

export const NOTHING_TRIED: Trial = { done: 0, total: 0, outcomes: [] };

export async function* tryRule(transport: Transport, rule: Rule, signal: AbortSignal): AsyncGenerator<Trial> {
  let trial = NOTHING_TRIED;
  for await (const { documentsDone, documentsTotal, outcomes } of createClient(AssignmentService, transport).tryRule(rule, { signal })) {
    trial = { done: Number(documentsDone), total: Number(documentsTotal), outcomes: [...trial.outcomes, ...outcomes] };
    yield trial;
  }
}
