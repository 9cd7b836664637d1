/** How the servers of well-known providers are reached, by the part of an address behind the "@"; pure. */

import type { ProofName, SecurityName } from "@/settings/mail/names";
import type { WordId } from "@/words/words";

export interface Provider {
  readonly name: string;
  readonly host: string;
  /** What somebody has to do there first, where he cannot sign in. */
  readonly need?: WordId;
  /** How one signs in there, where the archive is known to it. */
  readonly signIn?: ProofName;
  /** Where it is done. */
  readonly page?: string;
}

export interface Way {
  readonly host: string;
  readonly port: string;
  readonly security: SecurityName;
}

const GOOGLE: Provider = { name: "Gmail", host: "imap.gmail.com", need: "mail.need.google", page: "https://myaccount.google.com/apppasswords", signIn: "google" };
const MICROSOFT: Provider = { name: "Outlook", host: "outlook.office365.com", need: "mail.need.microsoft", signIn: "microsoft" };
const APPLE: Provider = { name: "iCloud", host: "imap.mail.me.com", need: "mail.need.app_password", page: "https://account.apple.com" };
const YAHOO: Provider = { name: "Yahoo", host: "imap.mail.yahoo.com", need: "mail.need.app_password", page: "https://login.yahoo.com/account/security" };
const AOL: Provider = { name: "AOL", host: "imap.aol.com", need: "mail.need.app_password", page: "https://login.aol.com/account/security" };
const FASTMAIL: Provider = { name: "Fastmail", host: "imap.fastmail.com", need: "mail.need.app_password", page: "https://app.fastmail.com/settings/security" };
const GMX: Provider = { name: "GMX", host: "imap.gmx.net", need: "mail.need.opened" };
const WEB_DE: Provider = { name: "WEB.DE", host: "imap.web.de", need: "mail.need.opened" };
const T_ONLINE: Provider = { name: "T-Online", host: "secureimap.t-online.de", need: "mail.need.telekom" };
const POSTEO: Provider = { name: "Posteo", host: "posteo.de" };

const DOMAINS: readonly (readonly [Provider, readonly string[]])[] = [
  [GOOGLE, ["gmail.com", "googlemail.com"]],
  [MICROSOFT, ["outlook.com", "outlook.de", "hotmail.com", "hotmail.de", "live.com", "live.de", "msn.com"]],
  [APPLE, ["icloud.com", "me.com", "mac.com"]],
  [YAHOO, ["yahoo.com", "yahoo.de", "yahoo.co.uk", "yahoo.fr", "ymail.com"]],
  [AOL, ["aol.com", "aol.de"]],
  [FASTMAIL, ["fastmail.com", "fastmail.fm"]],
  [GMX, ["gmx.de", "gmx.net", "gmx.at", "gmx.ch"]],
  [{ ...GMX, host: "imap.gmx.com" }, ["gmx.com"]],
  [WEB_DE, ["web.de"]],
  [T_ONLINE, ["t-online.de", "magenta.de"]],
  [POSTEO, ["posteo.de", "posteo.net", "posteo.org", "posteo.eu", "posteo.at", "posteo.ch"]],
  [{ name: "mailbox.org", host: "imap.mailbox.org" }, ["mailbox.org"]],
  [{ name: "freenet", host: "mx.freenet.de" }, ["freenet.de"]],
];

const BY_DOMAIN: ReadonlyMap<string, Provider> = new Map(DOMAINS.flatMap(([provider, domains]) => domains.map((domain) => [domain, provider] as const)));
const BY_HOST: ReadonlyMap<string, Provider> = new Map(DOMAINS.map(([provider]) => [provider.host, provider]));

/** Finds the provider of an address, or of the server that stands there instead; null for any other. */
export function providerOf(user: string, host: string): Provider | null {
  const server = host.trim().toLowerCase();
  return (server === "" ? BY_DOMAIN.get(domainOf(user)) : BY_HOST.get(server)) ?? null;
}

/** How the provider of an address is reached; null where that is not known. */
export function wayTo(user: string): Way | null {
  const provider = BY_DOMAIN.get(domainOf(user));
  return provider ? { host: provider.host, port: "", security: "tls" } : null;
}

function domainOf(user: string): string {
  return user.trim().toLowerCase().split("@")[1] ?? "";
}
