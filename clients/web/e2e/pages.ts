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
/** Where something new is made on a page of its own. Open dialogs are no pages: they hide the main part that each page must show. */
const EDITORS = ["/settings/workflows?open=new", "/settings/mail?open=new-account"];
export const PAGES = ["/", ...LIBRARY, DOCUMENT, "/settings", ...subjects().map((id) => `/settings/${id}`), ...EDITORS];
