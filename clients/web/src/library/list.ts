/** What the layouts of a list share: its rows, where one stands, what is selected. */

import type { Document } from "@sdk/scriba/v1/documents_pb.js";

import type { Row, Rows } from "@/library/rows";

export interface List {
  readonly label: string;
  readonly rows: Rows;
  /** Goes along to the document, whose pages then show the words. */
  readonly q: string;
  readonly place: number | null;
  readonly isSelected: (id: string) => boolean;
  /** Nothing can be selected where one may do nothing with it. */
  readonly onSelect: ((place: number, document: Document, extend: boolean) => void) | null;
  readonly onPlace: (place: number) => void;
  readonly onRange: (first: number, last: number) => void;
}

/** What a layout needs for one document; undefined while it is on its way. */
export function rowIn({ rows }: List, place: number): Row | undefined {
  return rows.at(place);
}
