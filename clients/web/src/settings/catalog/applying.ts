/** Lets rules file documents that are there already. */

import { createClient, type Transport } from "@connectrpc/connect";
import { AssignmentService } from "@sdk/scriba/v1/assignments_pb.js";
import type { LabelKind } from "@sdk/scriba/v1/catalog_pb.js";

// As many as one call takes.
const MOST_IDS = 1000;

/** Begins it by all rules of a kind, and gives the id of the job, which is a bulk edit; it goes on by itself. */
export async function applyRules(transport: Transport, kind: LabelKind, documentIds: readonly string[]): Promise<string> {
  const order = { documentIds: documentIds.slice(0, MOST_IDS), kinds: [kind] };
  for await (const { jobId } of createClient(AssignmentService, transport).applyRules(order)) return jobId;
  return "";
}
