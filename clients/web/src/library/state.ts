/** What an address says of a list of documents. */

import { oneOf, textIn } from "@/app/address";

export type Layout = "cards" | "list" | "table";
export const LAYOUTS: readonly Layout[] = ["cards", "list", "table"];

export interface LibraryState {
  /** In the grammar of the search box. */
  readonly q?: string | undefined;
  /** As SearchDocumentsRequest.order_by; the page's own order when not given. */
  readonly order?: string | undefined;
  /** As the reader likes it when not given. */
  readonly layout?: Layout | undefined;
}

export function libraryStateOf(search: Record<string, unknown>): LibraryState {
  return { q: textIn(search, "q"), order: textIn(search, "order"), layout: oneOf(search, "layout", LAYOUTS) };
}
