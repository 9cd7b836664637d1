/** The documents of a list by their places: read in blocks where somebody looks, however many there are. */

import type { Transport } from "@connectrpc/connect";
import { callUnaryMethod, createConnectQueryKey, useTransport } from "@connectrpc/connect-query";
import { type Document, DocumentService, DocumentState } from "@sdk/scriba/v1/documents_pb.js";
import { type Highlight, SearchService } from "@sdk/scriba/v1/search_pb.js";
import { type QueryClient, useQueries, useQuery, useQueryClient, type UseQueryOptions } from "@tanstack/react-query";
import { useState } from "react";

export interface Row {
  readonly document: Document;
  /** Pieces of its text around what was searched for. */
  readonly highlights: readonly Highlight[];
}

/** Where rows come from. What is still read is told by `list` and `trash`, which ask the database, not the index. */
export interface Source {
  readonly kind: "list" | "search" | "trash";
  readonly query: string;
  readonly order: string;
}

interface Block {
  readonly rows: readonly Row[];
  readonly total: number;
}

export interface Rows {
  readonly source: Source;
  readonly total: number;
  /** The head of the list, which is another whenever the list was read anew. */
  readonly first: Row | undefined;
  /** Undefined where it is still on its way. */
  readonly at: (place: number) => Row | undefined;
  /** What is shown belongs to the source before; the new one is on its way, or was refused. */
  readonly isStale: boolean;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** Gives the ids between two places, read where they are not there yet. */
  readonly idsBetween: (first: number, last: number) => Promise<string[]>;
}

export const BLOCK = 60;
// A block that nobody looks at is forgotten after so long: 100,000 documents are not kept for who scrolls over them.
const KEPT_MILLISECONDS = 60_000;
// The states of documents that are being read change by themselves.
const LOOK_AGAIN_MILLISECONDS = 3_000;
const NO_BLOCK: Block = { rows: [], total: 0 };

/** Gives the rows of a source; those between `first` and `last` are read. */
export function useRows(wanted: Source, first: number, last: number): Rows {
  const transport = useTransport();
  const queries = useQueryClient();
  const [shown, setShown] = useState(wanted);
  const asked = useQuery(blockOf(transport, wanted, 0));
  const isThere = asked.data !== undefined;
  if (isThere && !isSameSource(shown, wanted)) setShown(wanted);
  const source = isThere ? wanted : shown;
  const head = useQuery(blockOf(transport, source, 0));
  const numbers = blocksBetween(first, last);
  const blocks = useQueries({ queries: numbers.map((number) => blockOf(transport, source, number)) });
  const known = new Map(numbers.map((number, place) => [number, blocks[place]?.data]));
  const top = head.data ?? NO_BLOCK;
  return {
    source,
    total: top.total,
    first: top.rows[0],
    at: (place) => (known.get(Math.floor(place / BLOCK)) ?? (place < BLOCK ? top : NO_BLOCK)).rows[place % BLOCK],
    isStale: !isSameSource(source, wanted),
    isPending: head.isPending && !asked.isError,
    error: asked.error ?? blocks.find(({ error }) => error)?.error ?? null,
    retry: () => void asked.refetch(),
    idsBetween: (from, to) => idsBetween(queries, transport, source, from, to),
  };
}

/** Lists the blocks that hold these places. */
export function blocksBetween(first: number, last: number): number[] {
  const [from, to] = [Math.floor(Math.max(first, 0) / BLOCK), Math.floor(Math.max(last, 0) / BLOCK)];
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, place) => from + place);
}

async function idsBetween(queries: QueryClient, transport: Transport, source: Source, first: number, last: number): Promise<string[]> {
  const [from, to] = [Math.min(first, last), Math.max(first, last)];
  const blocks = await Promise.all(blocksBetween(from, to).map(async (number) => ({ number, block: await queries.query({ ...blockOf(transport, source, number), staleTime: "static" }) })));
  return blocks.flatMap(({ number, block }) =>
    block.rows.filter((_, place) => number * BLOCK + place >= from && number * BLOCK + place <= to).map(({ document }) => document.id),
  );
}

function isSameSource(one: Source, other: Source): boolean {
  return one.kind === other.kind && one.query === other.query && one.order === other.order;
}

function blockOf(transport: Transport, source: Source, number: number): UseQueryOptions<Block> {
  return {
    // Begins as connect-query's keys do, so that who asks for lists to be read anew reaches these too.
    queryKey: [...keyOf(transport, source), "block", number],
    queryFn: ({ signal }) => readBlock(transport, source, number, signal),
    gcTime: KEPT_MILLISECONDS,
    refetchInterval: (query) => (query.state.data?.rows.some(({ document }) => isAtWork(document)) ? LOOK_AGAIN_MILLISECONDS : false),
  };
}

function keyOf(transport: Transport, { kind, query, order }: Source) {
  const common = { transport, cardinality: "finite" } as const;
  if (kind === "search") return createConnectQueryKey({ ...common, schema: SearchService.method.searchDocuments, input: { query, orderBy: order } });
  return createConnectQueryKey({ ...common, schema: DocumentService.method.listDocuments, input: { filter: query, orderBy: order, showDeleted: kind === "trash" } });
}

async function readBlock(transport: Transport, { kind, query, order }: Source, number: number, signal: AbortSignal): Promise<Block> {
  const page = { pageSize: BLOCK, skip: number * BLOCK, orderBy: order };
  if (kind === "search") {
    const answer = await callUnaryMethod(transport, SearchService.method.searchDocuments, { query, ...page }, { signal });
    return { rows: answer.results.flatMap(({ document, highlights }) => (document ? [{ document, highlights }] : [])), total: Number(answer.totalSize) };
  }
  const answer = await callUnaryMethod(transport, DocumentService.method.listDocuments, { filter: query, showDeleted: kind === "trash", ...page }, { signal });
  return { rows: answer.documents.map((document) => ({ document, highlights: [] })), total: Number(answer.totalSize) };
}

function isAtWork({ state }: Document): boolean {
  return state === DocumentState.ACCEPTED || state === DocumentState.PROCESSING;
}
