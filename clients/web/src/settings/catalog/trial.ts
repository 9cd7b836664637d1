/** A rule or an extraction asked about the documents that are there, before it is kept. */

import { createClient, type Transport } from "@connectrpc/connect";
import type { Field, LabelKind, Matching } from "@sdk/scriba/v1/catalog_pb.js";
import { AssignmentService, type TryExtractionResponse_Outcome, type TryRuleResponse_Outcome } from "@sdk/scriba/v1/assignments_pb.js";

import { usesPattern } from "@/settings/catalog/kinds";

export interface Trial<Outcome> {
  readonly done: number;
  readonly total: number;
  /** Only documents that are worth a word. */
  readonly outcomes: readonly Outcome[];
}

/** Begins a trial, which tells more and more until it ends. */
export type Ask<Outcome> = (transport: Transport, signal: AbortSignal) => AsyncGenerator<Trial<Outcome>>;

export interface Rule {
  readonly kind: LabelKind;
  readonly matching: Matching;
  readonly pattern: string;
  readonly caseSensitive: boolean;
  /** "" for a new label. */
  readonly labelId: string;
}

export type Extraction = Pick<Field, "kind" | "currency" | "extraction"> & {
  readonly options: readonly { readonly id: string; readonly name: string }[];
  /** "" for a new field. */
  readonly id: string;
};

interface Answer<Outcome> {
  readonly documentsDone: bigint;
  readonly documentsTotal: bigint;
  readonly outcomes: readonly Outcome[];
}

export const NOTHING_TRIED: Trial<never> = { done: 0, total: 0, outcomes: [] };

/** Gives null for a rule that goes by no pattern: there is nothing to ask. */
export function askOfRule(rule: Rule): Ask<TryRuleResponse_Outcome> | null {
  if (!usesPattern(rule.matching) || rule.pattern.trim() === "") return null;
  return (transport, signal) => gathered(createClient(AssignmentService, transport).tryRule(rule, { signal }));
}

export function askOfExtraction({ id, kind, currency, extraction, options }: Extraction): Ask<TryExtractionResponse_Outcome> | null {
  if (extraction === "") return null;
  const field = { id, kind, currency, extraction, options: [...options] };
  return (transport, signal) => gathered(createClient(AssignmentService, transport).tryExtraction({ field }, { signal }));
}

async function* gathered<Outcome>(answers: AsyncIterable<Answer<Outcome>>): AsyncGenerator<Trial<Outcome>> {
  let trial: Trial<Outcome> = NOTHING_TRIED;
  for await (const { documentsDone, documentsTotal, outcomes } of answers) {
    trial = { done: Number(documentsDone), total: Number(documentsTotal), outcomes: [...trial.outcomes, ...outcomes] };
    yield trial;
  }
}
