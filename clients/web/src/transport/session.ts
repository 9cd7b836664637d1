/** The session of this browser, which is begun and ended by plain HTTP, since only that can set a cookie. */

import { Role, RoleSchema } from "@sdk/scriba/v1/access_pb.js";
import { enumFromJson } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";

/** Who is signed in. The machine's own command line has no id. */
export interface SignedIn {
  readonly id: string | null;
  readonly name: string;
  readonly role: Role;
}

/** Who is signed in, if anybody, and which ways there are to sign in. */
export interface SessionState {
  readonly user: SignedIn | null;
  readonly password: boolean;
  readonly oidc: { readonly name: string; readonly path: string; readonly redirect: boolean } | null;
  readonly remoteUser: boolean;
  readonly logOutUrl: string;
  readonly firstRun: boolean;
}

/** The server's refusal, in its own words. */
export class SessionRefused extends Error {
  /** HTTP's. */
  readonly status: number;
  /** 0 where waiting does not help. */
  readonly retrySeconds: number;
  /** As refusals of calls have it, see refusal.ts; "" where none is told. */
  readonly reason: string;

  constructor(message: string, status: number, retrySeconds: number, reason = "") {
    super(message);
    this.status = status;
    this.retrySeconds = retrySeconds;
    this.reason = reason;
  }
}

interface RefusalJson {
  message?: string;
  details?: readonly { reason?: string }[];
}

interface SessionJson {
  user: { id: string | null; name: string; role: Parameters<typeof enumFromJson<typeof RoleSchema>>[1] } | null;
  password: boolean;
  oidc: SessionState["oidc"];
  remote_user: boolean;
  log_out_url: string;
  first_run: boolean;
}

export async function readSession(signal?: AbortSignal): Promise<SessionState> {
  const told = (await ask("GET", "/session", undefined, signal)) as SessionJson;
  return {
    user: told.user && { id: told.user.id, name: told.user.name, role: enumFromJson(RoleSchema, told.user.role) },
    password: told.password,
    oidc: told.oidc,
    remoteUser: told.remote_user,
    logOutUrl: told.log_out_url,
    firstRun: told.first_run,
  };
}

/** Raises SessionRefused; one that asks for the one-time code has the reason SECOND_FACTOR_NEEDED. */
export async function signIn(userName: string, password: string, oneTimeCode: string): Promise<void> {
  await ask("POST", "/session", { user_name: userName, password, one_time_code: oneTimeCode });
}

export async function acceptInvitation(code: string, userName: string, newPassword: string): Promise<void> {
  await ask("POST", "/session/invitation", { code, user_name: userName, new_password: newPassword });
}

export async function signOut(): Promise<void> {
  await ask("DELETE", "/session");
}

/** What /readyz tells of the daemon's parts. */
export interface Readiness {
  readonly ready: boolean;
  readonly accepting: boolean;
  readonly problem: string;
  readonly parts: Readonly<Record<string, boolean>>;
  readonly sandbox: string;
}

export async function readReadiness(signal?: AbortSignal): Promise<Readiness> {
  const answer = await fetch("/readyz", { ...(signal && { signal }), headers: { accept: "application/json" } });
  return (await answer.json()) as Readiness;
}

async function ask(method: string, path: string, message?: object, signal?: AbortSignal): Promise<unknown> {
  const answer = await fetch(path, {
    method,
    headers: message ? { "content-type": "application/json" } : {},
    ...(message && { body: JSON.stringify(message) }),
    ...(signal && { signal }),
  });
  if (answer.status === 204) return null;
  const told = await readJson(answer);
  if (answer.ok) return told;
  const { message: words, details } = told as RefusalJson;
  const reason = details?.find((detail) => detail.reason !== undefined)?.reason;
  throw new SessionRefused(words ?? answer.statusText, answer.status, Number(answer.headers.get("retry-after") ?? 0), reason);
}

/** The archive answers in JSON alone; what else comes is by somebody between, who could not reach it. */
async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch (error) {
    throw new ConnectError(answer.statusText, Code.Unavailable, undefined, undefined, error);
  }
}
