/** What an address says of a document that is open. */

import { countIn, oneOf, textIn } from "@/app/address";

export type Panel = "facts" | "notes" | "history" | "versions" | "related" | "sharing";
export const PANELS: readonly Panel[] = ["facts", "notes", "history", "versions", "related", "sharing"];

export interface DocumentState {
  /** Counted from 1. */
  readonly page?: number | undefined;
  /** The search that led here; its words are marked on the pages. */
  readonly q?: string | undefined;
  readonly panel?: Panel | undefined;
}

export function documentStateOf(search: Record<string, unknown>): DocumentState {
  return { page: countIn(search, "page"), q: textIn(search, "q"), panel: oneOf(search, "panel", PANELS) };
}
