/** What is selected of a list, and from where a range of it is extended. */

import { useTransport } from "@connectrpc/connect-query";
import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { useState } from "react";

import type { Rows, Source } from "@/library/rows";
import { allFound, isSelected, MOST_IDS, NOTHING, selectedAs, type Selection, toggledAt } from "@/library/selection";
import { trashedIds } from "@/library/trash";
import { notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";

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
  const transport = useTransport();
  const explain = useExplanation();
  const [held, hold] = useState<Held>({ source: rows.source, selection: NOTHING, place: null, anchor: null });
  const now = held.source.query === rows.source.query && held.source.kind === rows.source.kind ? held : { source: rows.source, selection: NOTHING, place: null, anchor: null };
  const change = (next: Partial<Held>) => hold({ ...now, ...next });
  const extend = (to: number) => {
    const from = now.anchor ?? now.place ?? to;
    const [low, high] = [Math.min(from, to), Math.min(Math.max(from, to), Math.min(from, to) + MOST_IDS - 1)];
    change({ place: to, anchor: from });
    void rows.idsBetween(low, high).then((ids) => hold((then) => ({ ...then, selection: selectedAs(then.selection, ids, true) })));
  };
  return {
    selection: now.selection,
    setSelection: (selection) => change({ selection }),
    place: now.place,
    setPlace: (place) => change({ place, anchor: place }),
    isSelected: (id) => isSelected(now.selection, id),
    select: (place, document, isRange) => (isRange ? extend(place) : change({ selection: toggledAt(now.selection, document.id), anchor: place })),
    extendTo: extend,
    selectAll: () => {
      if (rows.source.kind !== "trash") change({ selection: allFound(rows.source.query, rows.total) });
      else trashedIds(transport, rows.source.order, MOST_IDS).then((ids) => change({ selection: selectedAs(NOTHING, ids, true) }), (error: unknown) => notifyWrong(explain(error)));
    },
    clear: () => change({ selection: NOTHING }),
  };
}
