/** In which orders documents can be listed. */

import type { WordId } from "@/words/words";

export const RELEVANCE = "relevance";
export const NEWEST = "added_time desc";

const ORDERS: readonly (readonly [string, WordId])[] = [
  [NEWEST, "library.order.newest"],
  ["added_time", "library.order.oldest"],
  ["created_date desc", "library.order.date_down"],
  ["created_date", "library.order.date_up"],
  ["title", "library.order.title_up"],
  ["title desc", "library.order.title_down"],
  ["archive_serial_number", "library.order.number_up"],
  ["archive_serial_number desc", "library.order.number_down"],
  ["page_count desc", "library.order.pages_down"],
  ["page_count", "library.order.pages_up"],
  ["size_bytes desc", "library.order.size_down"],
  ["size_bytes", "library.order.size_up"],
];

/** Lists the orders of a list, best first only where something is searched for. */
export function ordersFor(isSearch: boolean): readonly (readonly [string, WordId])[] {
  return isSearch ? [[RELEVANCE, "library.order.relevance"], ...ORDERS] : ORDERS;
}

/** Gives the order to ask for: a known one, else what suits. */
export function orderFor(wanted: string | undefined, isSearch: boolean): string {
  return ordersFor(isSearch).find(([order]) => order === wanted)?.[0] ?? (isSearch ? RELEVANCE : NEWEST);
}
