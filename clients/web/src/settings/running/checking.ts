/** A check of the archive as it is told by the server, message by message. */

import { createClient, type Transport } from "@connectrpc/connect";
import { AdminService, type CheckArchiveResponse, type CheckProgress, type CheckSummary, type Finding } from "@sdk/scriba/v1/admin_pb.js";

export interface Checked {
  readonly progress: CheckProgress | undefined;
  readonly findings: readonly Finding[];
  /** There once the check has come to its end. */
  readonly summary: CheckSummary | undefined;
}

export const UNCHECKED: Checked = { progress: undefined, findings: [], summary: undefined };

/** Adds what one message tells. */
export function heard(checked: Checked, told: Pick<CheckArchiveResponse, "progress" | "findings" | "summary">): Checked {
  return {
    progress: told.progress ?? checked.progress,
    findings: told.findings.length > 0 ? [...checked.findings, ...told.findings] : checked.findings,
    summary: told.summary ?? checked.summary,
  };
}

/** Checks, or repairs as well, and tells how far it is; the signal ends it. */
export async function* check(transport: Transport, repairs: boolean, signal: AbortSignal): AsyncGenerator<Checked> {
  const admin = createClient(AdminService, transport);
  const answers = repairs ? admin.repairArchive({}, { signal }) : admin.checkArchive({}, { signal });
  let checked = UNCHECKED;
  for await (const told of answers) {
    checked = heard(checked, told);
    yield checked;
  }
}
