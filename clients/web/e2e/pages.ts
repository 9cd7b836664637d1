/** The addresses of all pages that somebody who is signed in may open. */

import { readFileSync } from "node:fs";

const SUBJECTS = new URL("../src/settings/subjects.ts", import.meta.url);

/** Read, and not imported, since the list draws in the code of all pages. */
function subjects(): string[] {
  return [...readFileSync(SUBJECTS, "utf8").matchAll(/\bid: "([a-z-]+)"/g)].map(([, id]) => id ?? "");
}

const LIBRARY = ["/inbox", "/documents", "/documents?q=rechnung", "/folders", "/trash"];

/** One of the documents that the archive was furnished with. */
export const DOCUMENT = `/documents/${process.env["DOCUMENT"] ?? ""}`;
/** Dialogs that stand in an address of their own. */
const DIALOGS = ["/settings/fields?open=new", "/settings/workflows?open=new"];
export const PAGES = ["/", ...LIBRARY, DOCUMENT, "/settings", ...subjects().map((id) => `/settings/${id}`), ...DIALOGS];
