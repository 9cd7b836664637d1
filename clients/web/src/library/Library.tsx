import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";

import { keep, recall } from "@/kept";
import { Cards, columnsIn } from "@/library/Cards";
import { type Column, keepColumns, recallColumns } from "@/library/columns";
import { ChosenTerms, Facets } from "@/library/Facets";
import { Lines } from "@/library/Lines";
import { orderFor } from "@/library/orders";
import { type Rows, type Source, useRows } from "@/library/rows";
import { SaveView } from "@/library/SaveView";
import { SearchBox } from "@/library/SearchBox";
import { type Layout, LAYOUTS, type LibraryState } from "@/library/state";
import { both } from "@/library/terms";
import { Toolbar } from "@/library/Toolbar";
import { countOf } from "@/library/selection";
import { useList } from "@/library/useList";
import { useWidth } from "@/library/VirtualLines";
import { later } from "@/parts/later";
import { Page } from "@/parts/Page";
import { Loading, Problem } from "@/parts/states";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

import style from "./Library.module.css";

// Since few select at once, and most look at cards.
const BulkBar = later(async () => (await import("@/library/BulkBar")).BulkBar);
const Table = later(async () => (await import("@/library/Table")).Table, <Loading />);

/** How a page shows its documents while the address says nothing else. */
export interface Start {
  readonly q: string;
  readonly order: string;
  readonly layout: Layout | undefined;
  readonly columns: readonly Column[] | undefined;
}

interface LibraryProps {
  readonly title: string;
  readonly state: LibraryState;
  /** `isStep` tells that the way back shall lead to what was before. */
  readonly onChange: (state: LibraryState, isStep: boolean) => void;
  readonly start?: Start;
  /** What all documents of the page must pass, whatever is searched for. */
  readonly within?: string;
  /** The trash is listed and not searched. */
  readonly isTrash?: boolean;
  readonly actions?: ReactNode;
  /** What stands there while there is no document and nothing is searched for. */
  readonly empty: ReactNode;
  readonly noHit: ReactNode;
}

const PLAIN: Start = { q: "", order: "", layout: undefined, columns: undefined };

/** Documents, found and listed as the reader likes. */
export function Library({ title, state, onChange, start = PLAIN, within = "", isTrash = false, actions, empty, noHit }: LibraryProps) {
  const say = useWords();
  const q = isTrash ? "" : (state.q ?? start.q);
  const source = useSource(q, within, state.order ?? start.order, isTrash);
  const { rows, onRange } = useSeenRows(source);
  const input = useRef<HTMLInputElement>(null);
  const [measure, width] = useWidth();
  const [columns, setColumns] = useState(start.columns ?? recallColumns);
  const layout = state.layout ?? start.layout ?? LAYOUTS.find((each) => each === recall("layout")) ?? "cards";
  const [list, selecting] = useList({ label: title, q, rows, onRange, input, columns: layout === "cards" ? columnsIn(width) : 1 });
  const hasSelected = useEver(countOf(selecting.selection) > 0);
  const isRefused = rows.error !== null && refusalOf(rows.error).reason === "QUERY_INVALID";
  // An empty box asks a view for everything, since nothing in the address means what the view asks for.
  const search = (text: string, isStep: boolean) => onChange({ ...state, q: text === "" ? (start.q === "" ? undefined : "*") : text }, isStep && text !== q);
  const setOrder = (order: string) => onChange({ ...state, order }, false);
  const facets = isTrash || rows.total === 0 ? null : <Facets found={rows.source.query} q={q} onSearch={(text) => search(text, true)} />;
  return (
    <Page title={title} actions={actions}>
      <div className={style.top}>
        {!isTrash && (
          <SearchBox label={say("library.search", { place: title })} q={q} onSearch={search} error={isRefused ? rows.error : null} shift={shiftIn(source.query, q)} input={input} />
        )}
        <ChosenTerms q={q} onSearch={(text) => search(text, true)} />
        <Toolbar
          rows={rows}
          place={list.place}
          layout={layout}
          columns={columns}
          onOrder={setOrder}
          onLayout={(next) => {
            keep("layout", next);
            onChange({ ...state, layout: next }, false);
          }}
          onColumns={(next) => {
            keepColumns(next);
            setColumns(next);
          }}
          facets={facets}
        >
          {!isTrash && start === PLAIN && q.trim() !== "" && !isRefused && <SaveView query={rows.source.query} order={source.order} layout={layout} columns={columns} />}
        </Toolbar>
        {hasSelected && <BulkBar selecting={selecting} total={rows.total} isTrash={isTrash} />}
      </div>
      <div className={style.body} data-facets={facets !== null}>
        {facets && (
          <section className={style.side} aria-label={say("library.facets")}>
            {facets}
          </section>
        )}
        <div className={style.results} data-stale={rows.isStale || undefined} ref={measure}>
          <Instead rows={rows} isRefused={isRefused}>
            {q === "" ? empty : noHit}
          </Instead>
          {width > 0 && rows.total > 0 && layout === "cards" && <Cards list={list} width={width} />}
          {width > 0 && rows.total > 0 && layout === "list" && <Lines list={list} width={width} />}
          {width > 0 && rows.total > 0 && layout === "table" && <Table list={list} columns={columns} onOrder={setOrder} />}
        </div>
      </div>
    </Page>
  );
}

/** What stands there instead of documents. */
function Instead({ rows, isRefused, children }: { readonly rows: Rows; readonly isRefused: boolean; readonly children: ReactNode }) {
  if (rows.error && !isRefused) return <Problem error={rows.error} onRetry={rows.retry} />;
  if (rows.isPending) return <Loading />;
  return rows.total === 0 && !rows.error ? children : null;
}

function useSource(q: string, within: string, order: string, isTrash: boolean): Source {
  return useMemo(() => {
    const isSearch = q.trim() !== "" && !isTrash;
    const kind = isTrash ? "trash" : isSearch ? "search" : "list";
    return { kind, query: both(q, within), order: orderFor(order, isSearch) };
  }, [q, within, order, isTrash]);
}

function useSeenRows(source: Source): { readonly rows: Rows; readonly onRange: (first: number, last: number) => void } {
  const [[first, last], setRange] = useState<readonly [number, number]>([0, 0]);
  const onRange = useCallback((from: number, to: number) => setRange((range) => (range[0] === from && range[1] === to ? range : [from, to])), []);
  return { rows: useRows(source, first, last), onRange };
}

/** Tells, from then on, that something was true once. */
function useEver(isTrue: boolean): boolean {
  const [ever, setEver] = useState(isTrue);
  if (isTrue && !ever) setEver(true);
  return ever;
}

/** How far what was typed stands behind the begin of what the server was asked. */
function shiftIn(asked: string, q: string): number {
  return Math.max(asked.indexOf(q.trim()), 0) - (q.length - q.trimStart().length);
}
