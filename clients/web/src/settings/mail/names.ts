/** What the contract's values are called in the words of this room, and back. */

import { MailAction, MailCorrespondent, MailProof, MailScope, MailSecurity, MailState, MailTitle } from "@sdk/scriba/v1/mail_pb.js";

import type { StateName } from "@/settings/mail/place";

export const SECURITIES = { tls: MailSecurity.TLS, starttls: MailSecurity.STARTTLS, none: MailSecurity.NONE } as const;
export const PROOFS = { password: MailProof.PASSWORD, token: MailProof.TOKEN, google: MailProof.GOOGLE, microsoft: MailProof.MICROSOFT } as const;
export const SCOPES = { attachments: MailScope.ATTACHMENTS, mail: MailScope.MAIL, both: MailScope.BOTH } as const;
export const TITLES = { subject: MailTitle.SUBJECT, filename: MailTitle.FILENAME, none: MailTitle.NONE } as const;
export const CORRESPONDENTS = { none: MailCorrespondent.NONE, name: MailCorrespondent.NAME, address: MailCorrespondent.ADDRESS, fixed: MailCorrespondent.FIXED } as const;
export const ACTIONS = { nothing: MailAction.NOTHING, read: MailAction.MARK_READ, flag: MailAction.FLAG, tag: MailAction.TAG, move: MailAction.MOVE, delete: MailAction.DELETE } as const;
export const STATES_ASKED: Readonly<Record<StateName, MailState>> = { all: MailState.UNSPECIFIED, failed: MailState.FAILED, waiting: MailState.WAITING, taken: MailState.TAKEN, done: MailState.DONE };

export type SecurityName = keyof typeof SECURITIES;
export type ProofName = keyof typeof PROOFS;
export type ScopeName = keyof typeof SCOPES;
export type TitleName = keyof typeof TITLES;
export type CorrespondentName = keyof typeof CORRESPONDENTS;
export type ActionName = keyof typeof ACTIONS;

/** Whether one shows who one is at the provider itself, in a browser. */
export function isSignedInElsewhere(proof: ProofName): proof is "google" | "microsoft" {
  return proof === "google" || proof === "microsoft";
}

/** Names a value; one that is not set, or that a newer server has, goes by the name of what the server then does. */
export function nameOf<Name extends string>(names: Readonly<Record<Name, number>>, value: number, otherwise: NoInfer<Name>): Name {
  return (Object.keys(names) as Name[]).find((name) => names[name] === value) ?? otherwise;
}

export function namesOf<Name extends string>(names: Readonly<Record<Name, number>>): readonly Name[] {
  return Object.keys(names) as Name[];
}
