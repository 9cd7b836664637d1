/** What tests/browser tells a scenario of the archive that it has started. */

export type Name = "admin" | "editor" | "viewer";

function told(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: scenarios are started by tests/browser`);
  return value;
}

export const BASE_URL = told("SITE");
export const CHROMIUM = told("CHROMIUM");
/** The folder where a scenario that fails leaves a picture of its page. */
export const EVIDENCE = told("EVIDENCE");
/** The names of those scenarios that are wanted; empty for all. */
export const WANTED = JSON.parse(process.env["SCENARIOS"] ?? "[]") as string[];

/** The password of a user, who is called as the role is. */
export const passwordOf = (name: Name): string => told(`PASSWORD_OF_${name.toUpperCase()}`);

/** The code by which somebody becomes the first user; only in `empty/`, whose archive has none. */
export const firstCode = (): string => told("FIRST_CODE");

export interface Mailbox {
  /** Of the mail server, on this machine. */
  readonly port: string;
  readonly user: string;
  readonly password: string;
}

/** A mailbox with three mails: an invoice with a file, one that is encrypted, and one of another kind. */
export const mailbox = (): Mailbox => JSON.parse(told("MAILBOX")) as Mailbox;

export interface Machine {
  /** As the head runs them. */
  readonly versions: { readonly scribaVersion: string; readonly rayVersion: string; readonly pythonVersion: string };
  readonly signingRequest: string;
}

/** What another machine says of itself that may join. */
export const machine = (): Machine => JSON.parse(told("MACHINE")) as Machine;

export interface Scans {
  /** Stands on the second page of the first file, and nowhere else in the archive. */
  readonly word: string;
  readonly files: readonly string[];
}

/** The three scans of somebody who moves in; only in `journey/`, whose archive has no papers. */
export function scansOf(who: "wide" | "phone" | "keys"): Scans {
  const scans = (JSON.parse(told("SCANS")) as Partial<Record<string, Scans>>)[who];
  if (!scans) throw new Error(`there are no scans for ${who}`);
  return scans;
}
