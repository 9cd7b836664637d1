/** What is selected of a list, and from where a range of it is extended. */

import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { useState } from "react";

import type { Rows, Source } from "@/library/rows";
import { allFound, allTrashed, isSelected, MOST_IDS, NOTHING, selectedAs, type Selection, toggledAt } from "@/library/selection";
import { notify } from "@/parts/notices";
import { useWords } from "@/words/words";

export interface Selecting {
  readonly selection: Selection;
  readonly setSelection: (selection: Selection) => void;
  readonly place: number | null;
  readonly setPlace: (place: number | null) => void;
  readonly isSelected: (id: string) => boolean;
  readonly select: (place: number, document: Document, extend: boolean) => void;
  readonly extendTo: (place: number) => void;
  readonly selectAll: () => void;
  readonly clear: () => void;
}

interface Held {
  readonly source: Source;
  readonly selection: Selection;
  readonly place: number | null;
  readonly anchor: number | null;
}

/** Holds what is selected until another list is shown: nobody changes documents that he no longer sees. */
export function useSelection(rows: Rows): Selecting {
  const say = useWords();
  const [held, hold] = useState<Held>({ source: rows.source, selection: NOTHING, place: null, anchor: null });
  const now = held.source.query === rows.source.query && held.source.kind === rows.source.kind ? held : { source: rows.source, selection: NOTHING, place: null, anchor: null };
  const change = (next: Partial<Held>) => hold({ ...now, ...next });
  const extend = (to: number) => {
    const from = now.anchor ?? now.place ?? to;
    const reach = Math.max(Math.min(to, from + MOST_IDS - 1), from - MOST_IDS + 1);
    if (reach !== to) notify(say("library.bulk.most", { count: MOST_IDS }));
    change({ place: to, anchor: from });
    void rows.idsBetween(from, reach).then((ids) => hold((then) => ({ ...then, selection: selectedAs(then.selection, ids, true) })));
  };
  return {
    selection: now.selection,
    setSelection: (selection) => change({ selection }),
    place: now.place,
    setPlace: (place) => change({ place, anchor: place }),
    isSelected: (id) => isSelected(now.selection, id),
    select: (place, document, isRange) => (isRange ? extend(place) : change({ selection: toggledAt(now.selection, document.id), anchor: place })),
    extendTo: extend,
    selectAll: () => change({ selection: rows.source.kind === "trash" ? allTrashed(rows.total) : allFound(rows.source.query, rows.total) }),
    clear: () => change({ selection: NOTHING }),
  };
}
