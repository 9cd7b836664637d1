/** The list that a document was opened from: a link hands on where in it the document stands (`state={{ list }}`). */

import { useLocation } from "@tanstack/react-router";

import { type Source, useRows } from "@/library/rows";

export interface ListPlace {
  readonly source: Source;
  /** Counted from 0. */
  readonly place: number;
}

declare module "@tanstack/react-router" {
  interface HistoryState {
    list?: ListPlace;
  }
}

interface Neighbour {
  readonly id: string;
  readonly place: number;
}

export interface Neighbours {
  readonly before: Neighbour | undefined;
  readonly after: Neighbour | undefined;
  /** Of this document, counted from 0; null when it is in the list no more. */
  readonly place: number | null;
}

export function useListPlace(): ListPlace | undefined {
  return useLocation({ select: ({ state }) => state.list });
}

/** Gives a document's neighbours in the list as it is now, and how long that is. */
export function useNeighbours(id: string, { source, place }: ListPlace): Neighbours & { readonly total: number } {
  const rows = useRows(source, Math.max(place - 1, 0), place + 2);
  return { ...neighboursOf((at) => rows.at(at)?.document.id, place, id), total: rows.total };
}

/** Finds the neighbours of a document that stood at a place; of one that has left the list, the next has moved up to it. */
export function neighboursOf(idAt: (place: number) => string | undefined, place: number, id: string): Neighbours {
  const now = [place, place - 1, place + 1].find((each) => idAt(each) === id);
  const neighbour = (at: number) => {
    const other = at < 0 ? undefined : idAt(at);
    return other === undefined || other === id ? undefined : { id: other, place: at };
  };
  return { before: neighbour((now ?? place) - 1), after: neighbour(now === undefined ? place : now + 1), place: now ?? null };
}
