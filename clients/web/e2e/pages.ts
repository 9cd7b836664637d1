/** The addresses of all pages that somebody who is signed in may open. */

import { readdirSync, readFileSync } from "node:fs";

const WORDS = new URL("../src/words/en/", import.meta.url);

/** Subjects are known by their words, as in settings/subjects.ts, whose list draws in all their code. */
function subjects(): string[] {
  const files = readdirSync(WORDS).filter((name) => name.endsWith(".json"));
  const words = files.flatMap((name) => Object.keys(JSON.parse(readFileSync(new URL(name, WORDS), "utf8")) as object));
  return words.flatMap((word) => /^settings\.(.+)\.about$/.exec(word)?.[1] ?? []);
}

const LIBRARY = ["/inbox", "/documents", "/documents?q=rechnung", "/folders", "/trash"];

/** One of the documents that the archive was furnished with. */
export const DOCUMENT = `/documents/${process.env["DOCUMENT"] ?? ""}`;
export const PAGES = ["/", ...LIBRARY, DOCUMENT, "/settings", ...subjects().map((id) => `/settings/${id}`)];
