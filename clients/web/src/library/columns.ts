/** The columns of a table of documents: which there are, which are shown, how wide each is. */

import { keep, recall } from "@/kept";
import type { WordId } from "@/words/words";

export type Column = "title" | "created_date" | "correspondent" | "document_type" | "tags" | "storage_path" | "added_time" | "archive_serial_number" | "page_count" | "size_bytes" | "language" | "filename";

interface ColumnFacts {
  readonly word: WordId;
  /** In rem, and its share of what is left. */
  readonly least: number;
  readonly share: number;
  /** Documents can be put in the order of it. */
  readonly isOrder: boolean;
}

export const COLUMNS: Readonly<Record<Column, ColumnFacts>> = {
  title: { word: "library.column.title", least: 11, share: 3, isOrder: true },
  created_date: { word: "library.column.created_date", least: 7, share: 0, isOrder: true },
  correspondent: { word: "library.facet.correspondent", least: 6.5, share: 1.5, isOrder: false },
  document_type: { word: "library.facet.type", least: 5.5, share: 1, isOrder: false },
  tags: { word: "library.facet.tag", least: 7.5, share: 2, isOrder: false },
  storage_path: { word: "library.column.storage_path", least: 7, share: 1, isOrder: false },
  added_time: { word: "library.column.added_time", least: 11, share: 0, isOrder: true },
  archive_serial_number: { word: "library.column.archive_serial_number", least: 6, share: 0, isOrder: true },
  page_count: { word: "library.column.page_count", least: 5.5, share: 0, isOrder: true },
  size_bytes: { word: "library.column.size_bytes", least: 5.5, share: 0, isOrder: true },
  language: { word: "library.facet.language", least: 5.5, share: 0, isOrder: false },
  filename: { word: "library.column.filename", least: 9, share: 1.5, isOrder: false },
};

// In rem, as the style says: between columns, and for the box to select by with the edges.
const GAP = 0.75;
const EDGES = 4;

const AT_FIRST: readonly Column[] = ["title", "created_date", "correspondent", "document_type", "tags"];

/** Reads names of columns; the title is always one of them. */
export function columnsOf(names: readonly string[]): readonly Column[] {
  const known = names.filter((name): name is Column => name in COLUMNS);
  if (known.length === 0) return AT_FIRST;
  return known.includes("title") ? known : ["title", ...known];
}

export function recallColumns(): readonly Column[] {
  return columnsOf((recall("columns") ?? "").split(","));
}

export function keepColumns(columns: readonly Column[]): void {
  keep("columns", columns.join(","));
}

/** Gives the columns as CSS grid takes them, behind one to select by, and how wide they must be, in rem. */
export function trackOf(columns: readonly Column[]): { readonly template: string; readonly least: number } {
  const tracks = columns.map((column) => (COLUMNS[column].share === 0 ? `${COLUMNS[column].least}rem` : `minmax(${COLUMNS[column].least}rem, ${COLUMNS[column].share}fr)`));
  return { template: `var(--touch) ${tracks.join(" ")}`, least: columns.reduce((sum, column) => sum + COLUMNS[column].least + GAP, EDGES) };
}

/** Gives the order after a click on a head: downwards first where the newest matters, the other way with the next click. */
export function orderAfter(order: string, column: Column): string {
  if (order === column) return `${column} desc`;
  if (order === `${column} desc`) return column;
  return column === "title" || column === "archive_serial_number" ? column : `${column} desc`;
}
