/** What this browser remembers of how a person likes the pages; nothing of what is in the archive, and nothing that opens it. */

export type Keepsake = "theme" | "language" | "layout" | "columns" | "strip";

/** Null where nothing is kept, or the browser keeps nothing. */
export function recall(name: Keepsake): string | null {
  try {
    return localStorage.getItem(`scriba.${name}`);
  } catch {
    return null; // private windows of some browsers refuse
  }
}

export function keep(name: Keepsake, value: string): void {
  try {
    localStorage.setItem(`scriba.${name}`, value);
  } catch {
    // The choice then holds until the page is closed.
  }
}
