import { useNavigate } from "@tanstack/react-router";
import { type RefObject, useMemo } from "react";

import { useMay } from "@/app/queries";
import { useListKeys } from "@/library/cursor";
import type { List } from "@/library/list";
import type { Rows } from "@/library/rows";
import { type Selecting, useSelection } from "@/library/selecting";

interface ListParts {
  readonly label: string;
  readonly q: string;
  readonly rows: Rows;
  readonly onRange: (first: number, last: number) => void;
  readonly input: RefObject<HTMLInputElement | null>;
  /** How many documents stand beside each other. */
  readonly columns: number;
}

/** Puts together what a list needs: its rows, the place where one stands, what is selected, and the keys for it. */
export function useList({ label, q, rows, onRange, input, columns }: ListParts): readonly [List, Selecting] {
  const navigate = useNavigate();
  const { edit } = useMay();
  const selecting = useSelection(rows);
  const { place, setPlace, isSelected, select, extendTo, selectAll, clear } = selecting;
  const onSelect = edit ? select : null;
  const open = (at: number) => {
    const document = rows.at(at)?.document;
    if (document) void navigate({ to: "/documents/$documentId", params: { documentId: document.id }, search: q === "" ? {} : { q }, state: { list: { source: rows.source, place: at } } });
  };
  const acts = {
    place,
    total: rows.total,
    columns,
    move: (to: number, extend: boolean) => (extend && edit ? extendTo(to) : setPlace(to)),
    open,
    select: (at: number) => {
      const document = rows.at(at)?.document;
      if (document) onSelect?.(at, document, false);
    },
    selectAll: () => edit && selectAll(),
    clear,
    search: () => input.current?.focus(),
  };
  // Made anew when what they act on is another, not at every rendering: the list of keys is told of each change.
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the functions differ with these alone
  useListKeys(useMemo(() => acts, [place, rows.total, rows.source, columns, edit, selecting.selection, rows.first, q]));
  return [{ label, rows, q, place, isSelected, onSelect, onPlace: setPlace, onRange }, selecting];
}
