import { toJson } from "@bufbuild/protobuf";
import { createClient, type Transport } from "@connectrpc/connect";
import { AuditEntrySchema, AuditService, type AuditFilter } from "@sdk/scriba/v1/audit_pb.js";

/** Gives all entries as a file of JSON lines, as the CLI's export does. */
export async function exportedEntries(transport: Transport, filter: AuditFilter): Promise<Blob> {
  const lines: string[] = [];
  for await (const { entries } of createClient(AuditService, transport).exportAuditEntries({ filter })) {
    lines.push(...entries.map((entry) => `${JSON.stringify(toJson(AuditEntrySchema, entry, { useProtoFieldName: true }))}\n`));
  }
  return new Blob(lines, { type: "application/jsonl" });
}
