import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

import type { List } from "@/library/list";
import type { Row } from "@/library/rows";

interface RowFrameProps {
  readonly list: List;
  readonly place: number;
  readonly row: Row | undefined;
  readonly className: string | undefined;
  /** Rows above the first document, such as a head. */
  readonly headRows?: number;
  /** Without a piece of text, which leaves more room for the rest. */
  readonly isPlain?: boolean;
  /** The columns of a table, as CSS grid takes them. */
  readonly template?: string;
  readonly children: ReactNode;
}

/** One document of a list, whatever it looks like: the keyboard stands on it, and it tells its place among all. */
export function RowFrame({ list, place, row, className, headRows = 0, isPlain = false, template, children }: RowFrameProps) {
  const navigate = useNavigate();
  const element = useRef<HTMLDivElement>(null);
  const isHere = list.place === place;
  useEffect(() => {
    if (isHere) element.current?.focus({ preventScroll: true });
  }, [isHere]);
  const press = (event: KeyboardEvent) => {
    if (!row || event.target !== element.current) return;
    if (event.key === "Enter") {
      event.preventDefault();
      void navigate({ to: "/documents/$documentId", params: { documentId: row.document.id }, search: list.q === "" ? {} : { q: list.q }, state: { list: { source: list.rows.source, place } } });
    } else if (event.key === " ") {
      event.preventDefault();
      list.onSelect?.(place, row.document, event.shiftKey);
    }
  };
  return (
    <div
      ref={element}
      role="row"
      className={className}
      style={template === undefined ? undefined : { gridTemplateColumns: template }}
      aria-rowindex={place + 1 + headRows}
      aria-label={row?.document.title}
      aria-busy={!row}
      data-plain={isPlain || undefined}
      {...(list.onSelect && { "aria-selected": row ? list.isSelected(row.document.id) : false })}
      tabIndex={isHere || (list.place === null && place === 0) ? 0 : -1}
      onFocus={() => !isHere && element.current?.matches(":focus-visible") && list.onPlace(place)}
      onKeyDown={press}
    >
      {children}
    </div>
  );
}
