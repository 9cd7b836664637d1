/** Where to go on after signing in: anybody may have made the address that says so. */

const ABODE = "http://archive.invalid";
const DOORS = ["/sign-in", "/invitation"];

/** In the fragment of the address after signing out, so that nobody is sent to his provider, and let in again, at once. */
export const SIGNED_OUT = "#signed-out";

/** Gives the path where that is one of this archive's own pages, else the first page. */
export function ownPath(next: string | undefined): string {
  // Browsers read a backslash as a slash, and leave out control characters: "/\t/other.example" is another's page.
  if (next === undefined || !next.startsWith("/") || next.startsWith("//") || /[\\\u0000-\u0020\u007f]/.test(next)) return "/";
  const url = readUrl(next);
  if (url?.origin !== ABODE || url.pathname.startsWith("//")) return "/";
  const isDoor = DOORS.some((door) => url.pathname === door || url.pathname.startsWith(`${door}/`));
  return isDoor ? "/" : url.pathname + url.search + url.hash;
}

function readUrl(path: string): URL | null {
  try {
    return new URL(path, ABODE);
  } catch {
    return null;
  }
}
