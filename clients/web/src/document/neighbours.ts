/** The list that a document was opened from: lists hand their ids on with the link (`state={{ documentIds }}`). */

import { useLocation } from "@tanstack/react-router";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** In the order of the list. */
    documentIds?: readonly string[];
  }
}

export interface Neighbours {
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Counted from 1; 0 outside of any list. */
  readonly place: number;
  readonly length: number;
  readonly ids: readonly string[];
}

export function useNeighbours(id: string): Neighbours {
  return neighboursOf(useLocation({ select: ({ state }) => state.documentIds }) ?? [], id);
}

export function neighboursOf(ids: readonly string[], id: string): Neighbours {
  const index = ids.indexOf(id);
  return index < 0
    ? { before: undefined, after: undefined, place: 0, length: 0, ids }
    : { before: ids[index - 1], after: ids[index + 1], place: index + 1, length: ids.length, ids };
}
