/** What the audit's enums are called, as their words are. */

import { AuditAct, AuditNoun } from "@sdk/scriba/v1/audit_pb.js";

export type ActName = Exclude<keyof typeof AuditAct, "UNSPECIFIED">;
export type NounName = Exclude<keyof typeof AuditNoun, "UNSPECIFIED">;

export const ACTS = Object.keys(AuditAct).filter(isAct);
export const NOUNS = Object.keys(AuditNoun).filter(isNoun);

/** Gives null for what a newer server may tell. */
export function actName(act: AuditAct): ActName | null {
  return ACTS.find((name) => AuditAct[name] === act) ?? null;
}

export function nounName(noun: AuditNoun): NounName | null {
  return NOUNS.find((name) => AuditNoun[name] === noun) ?? null;
}

// Enums of numbers also have a name for each number.
function isAct(name: string): name is ActName {
  return Number.isNaN(Number(name)) && name !== "UNSPECIFIED";
}

function isNoun(name: string): name is NounName {
  return Number.isNaN(Number(name)) && name !== "UNSPECIFIED";
}
