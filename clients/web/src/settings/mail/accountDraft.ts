/** An account as its form holds it; pure. */

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { MailAccount, MailAccountSchema } from "@sdk/scriba/v1/mail_pb.js";

import { isSignedInElsewhere, nameOf, type ProofName, PROOFS, SECURITIES, type SecurityName } from "@/settings/mail/names";
import { providerOf, wayTo } from "@/settings/mail/providers";

export interface AccountDraft {
  readonly name: string;
  readonly user: string;
  readonly host: string;
  /** Digits, "" for the usual one. */
  readonly port: string;
  readonly security: SecurityName;
  readonly proof: ProofName;
  /** Undefined where the one that is kept stays; never filled from the server, which does not tell it. */
  readonly secret: string | undefined;
}

export const NEW_ACCOUNT: AccountDraft = { name: "", user: "", host: "", port: "", security: "tls", proof: "password", secret: "" };
export const USUAL_PORTS: Readonly<Record<SecurityName, number>> = { tls: 993, starttls: 143, none: 143 };
const MOST_PORT = 65_535;

export function draftOf({ name, user, host, port, security, proof, hasSecret }: MailAccount): AccountDraft {
  const named = nameOf(SECURITIES, security, "tls");
  return {
    name,
    user,
    host,
    port: port === 0 || port === USUAL_PORTS[named] ? "" : String(port),
    security: named,
    proof: nameOf(PROOFS, proof, "password"),
    secret: hasSecret ? undefined : "",
  };
}

/**
 * Changes the address, and with it the server where that is the one of the address, or none yet. At a provider where one can sign in, which
 * `offered` tells, nothing else is as good.
 */
export function withUser(draft: AccountDraft, user: string, offered: readonly ProofName[]): AccountDraft {
  const before = wayTo(draft.user);
  if (draft.host !== "" && draft.host !== before?.host) return { ...draft, user };
  const way = wayTo(user);
  const signIn = offered.find((proof) => proof === providerOf(user, "")?.signIn);
  const proof = signIn ?? (isSignedInElsewhere(draft.proof) ? "password" : draft.proof);
  if (way) return { ...draft, user, ...way, proof };
  return before ? { ...draft, user, host: "", proof } : { ...draft, user };
}

export type Mistake = "port" | "secret";

/** What cannot be sent, by its box. */
export function mistakesIn(draft: AccountDraft, kept: AccountDraft | null): Partial<Record<"port" | "secret", Mistake>> {
  return {
    ...(portIn(draft.port) === null && { port: "port" }),
    ...(!isSignedInElsewhere(draft.proof) && (draft.secret === "" || (draft.secret === undefined && needsSecret(draft, kept))) && { secret: "secret" }),
  };
}

/** Whether what is kept would go to another server, or for another user: the server lets that happen to no secret. */
export function needsSecret(draft: AccountDraft, kept: AccountDraft | null): boolean {
  if (kept === null) return true;
  const [is, was] = [accountFrom(draft), accountFrom(kept)];
  return is.host?.toLowerCase() !== was.host?.toLowerCase() || is.port !== was.port || is.user !== was.user || is.proof !== was.proof;
}

export function accountFrom(draft: AccountDraft): MessageInitShape<typeof MailAccountSchema> {
  return {
    name: draft.name.trim() || draft.user.trim(),
    user: draft.user.trim(),
    host: draft.host.trim(),
    // Always said, since another encryption has another usual one.
    port: portIn(draft.port) || USUAL_PORTS[draft.security],
    security: SECURITIES[draft.security],
    proof: PROOFS[draft.proof],
    ...(sendsSecret(draft) && { secret: draft.secret }),
  };
}

/** Names what one changed. */
export function changedPaths(before: AccountDraft, after: AccountDraft): string[] {
  const [was, is] = [accountFrom(before), accountFrom(after)];
  const parts = (["name", "user", "host", "port", "security", "proof"] as const).filter((part) => was[part] !== is[part]);
  return sendsSecret(after) ? [...parts, "secret"] : parts;
}

function sendsSecret(draft: AccountDraft): draft is AccountDraft & { readonly secret: string } {
  return draft.secret !== undefined && !isSignedInElsewhere(draft.proof);
}

/** Gives 0 for the usual port, null for what is none. */
function portIn(text: string): number | null {
  if (text.trim() === "") return 0;
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return port > 0 && port <= MOST_PORT ? port : null;
}
