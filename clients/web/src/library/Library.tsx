import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { useNavigate } from "@tanstack/react-router";

import { useMay } from "@/app/queries";
import { keep, recall } from "@/kept";
import { Cards, columnsIn } from "@/library/Cards";
import { useListKeys } from "@/library/cursor";
import { LayoutChoice } from "@/library/LayoutChoice";
import { Lines } from "@/library/Lines";
import type { List } from "@/library/list";
import { orderFor, ordersFor } from "@/library/orders";
import { type Rows, type Source, useRows } from "@/library/rows";
import { SearchBox } from "@/library/SearchBox";
import { useSelection } from "@/library/selecting";
import { type Layout, LAYOUTS, type LibraryState } from "@/library/state";
import { both } from "@/library/terms";
import { useWidth } from "@/library/VirtualLines";
import { Choice } from "@/parts/Choice";
import { Page } from "@/parts/Page";
import { Loading, Problem } from "@/parts/states";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

import style from "./Library.module.css";

interface LibraryProps {
  readonly title: string;
  readonly state: LibraryState;
  readonly onChange: (change: LibraryState, isStep: boolean) => void;
  /** What all documents of the page must pass, whatever is searched for. */
  readonly within?: string;
  /** The trash is listed and not searched. */
  readonly isTrash?: boolean;
  readonly actions?: ReactNode;
  /** What stands there while there is no document and nothing is searched for. */
  readonly empty: ReactNode;
  readonly noHit: ReactNode;
}

/** Documents, found and listed as the reader likes. */
export function Library({ title, state, onChange, within = "", isTrash = false, actions, empty, noHit }: LibraryProps) {
  const say = useWords();
  const q = isTrash ? "" : (state.q ?? "");
  const source = useSource(q, within, state.order, isTrash);
  const [[first, last], setRange] = useState<readonly [number, number]>([0, 0]);
  const see = useCallback((from: number, to: number) => setRange((range) => (range[0] === from && range[1] === to ? range : [from, to])), []);
  const rows = useRows(source, first, last);
  const input = useRef<HTMLInputElement>(null);
  const [measure, width] = useWidth();
  const layout = state.layout ?? LAYOUTS.find((each) => each === recall("layout")) ?? "cards";
  const list = useList({ title, q, rows, see, input, columns: layout === "cards" ? columnsIn(width) : 1 });
  const isRefused = rows.error !== null && refusalOf(rows.error).reason === "QUERY_INVALID";
  const setLayout = (next: Layout) => {
    keep("layout", next);
    onChange({ ...state, layout: next }, false);
  };
  return (
    <Page title={title} actions={actions}>
      <div className={style.top}>
        {!isTrash && (
          <SearchBox
            label={say("library.search", { place: title })}
            q={q}
            onSearch={(text, isSettled) => onChange({ ...state, q: text === "" ? undefined : text }, isSettled && text !== q)}
            error={isRefused ? rows.error : null}
            shift={shiftIn(source.query, q)}
            input={input}
          />
        )}
        <div className={style.tools}>
          <span className={style.count} role="status">
            {rows.isPending || rows.total === 0 ? "" : list.place === null ? say("library.count", { count: rows.total }) : say("library.place", { place: list.place + 1, total: rows.total })}
          </span>
          <Choice
            label={say("library.order")}
            hideLabel
            value={source.order}
            onChange={(order) => onChange({ ...state, order }, false)}
            options={ordersFor(source.kind === "search").map(([value, word]) => ({ value, text: say(word) }))}
          />
          <LayoutChoice layout={layout} onChange={setLayout} />
        </div>
      </div>
      <div className={style.results} data-stale={rows.isStale || undefined} ref={measure}>
        {rows.error && !isRefused && <Problem error={rows.error} onRetry={rows.retry} />}
        {rows.isPending && <Loading />}
        {!rows.isPending && !rows.error && rows.total === 0 && (q === "" ? empty : noHit)}
        {width > 0 && rows.total > 0 && <Shown layout={layout} list={list} width={width} />}
      </div>
    </Page>
  );
}

function Shown({ layout, list, width }: { readonly layout: Layout; readonly list: List; readonly width: number }) {
  return layout === "cards" ? <Cards list={list} width={width} /> : <Lines list={list} width={width} />;
}

function useSource(q: string, within: string, order: string | undefined, isTrash: boolean): Source {
  return useMemo(() => {
    const isSearch = q.trim() !== "";
    const kind = isTrash ? "trash" : isSearch ? "search" : "list";
    return { kind, query: both(q, within), order: orderFor(order, isSearch) };
  }, [q, within, order, isTrash]);
}

/** How far what was typed stands behind the begin of what the server was asked. */
function shiftIn(asked: string, q: string): number {
  return Math.max(asked.indexOf(q.trim()), 0) - (q.length - q.trimStart().length);
}

interface ListParts {
  readonly title: string;
  readonly q: string;
  readonly rows: Rows;
  readonly see: (first: number, last: number) => void;
  readonly input: React.RefObject<HTMLInputElement | null>;
  readonly columns: number;
}

function useList({ title, q, rows, see, input, columns }: ListParts): List {
  const navigate = useNavigate();
  const { edit } = useMay();
  const { place, setPlace, isSelected, select, extendTo, selectAll, clear } = useSelection(rows);
  const onSelect = edit ? select : null;
  const keys = useMemo(
    () => ({
      place,
      total: rows.total,
      columns,
      move: (to: number, extend: boolean) => (extend && edit ? extendTo(to) : setPlace(to)),
      open: (at: number) => {
        const document = rows.at(at)?.document;
        if (document) void navigate({ to: "/documents/$documentId", params: { documentId: document.id }, search: q === "" ? {} : { q } });
      },
      select: (at: number) => {
        const document = rows.at(at)?.document;
        if (document) onSelect?.(at, document, false);
      },
      selectAll: () => edit && selectAll(),
      clear,
      search: () => input.current?.focus(),
    }),
    [place, rows, columns, edit, extendTo, setPlace, navigate, q, onSelect, selectAll, clear, input],
  );
  useListKeys(keys);
  return { label: title, rows, q, place, isSelected, onSelect, onPlace: setPlace, onRange: see };
}
