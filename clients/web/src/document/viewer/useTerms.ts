import { useQuery } from "@connectrpc/connect-query";
import { SearchService, type Highlight } from "@sdk/scriba/v1/search_pb.js";
import { useMemo } from "react";

import type { Reading } from "./reading";
import { termsOf, typedTerm, wholeTerms, type Term } from "./words";

/** Gives what is marked on the pages; null until that is known. */
export function useTerms({ document: { id }, query, typed }: Pick<Reading, "document" | "query" | "typed">): readonly Term[] | null {
  const found = useFound(id, query);
  return useMemo(() => {
    if (typed !== "") return typedTerm(typed);
    if (query === "") return [];
    return found.isPending ? null : [...termsOf(query), ...wholeTerms(foundWords(found.data?.results[0]?.highlights ?? []))];
  }, [typed, query, found.isPending, found.data]);
}

/** Gives the first page that the search found something on; undefined for none, null until that is known. */
export function useFoundPage(id: string, query: string): number | undefined | null {
  const found = useFound(id, query);
  if (query === "") return undefined;
  return found.isPending ? null : found.data?.results[0]?.highlights.find(({ page }) => page > 0)?.page;
}

/** Asks what the search found in this document: words by other endings or with a letter wrong, which only the index knows. */
function useFound(id: string, query: string) {
  return useQuery(SearchService.method.searchDocuments, { query: `(${query}) id:${id}`, pageSize: 1 }, { enabled: query !== "", retry: false });
}

/** Gives the words that are marked in pieces of text; their places count code points. */
export function foundWords(highlights: readonly Pick<Highlight, "text" | "ranges">[]): ReadonlySet<string> {
  return new Set(highlights.flatMap(({ text, ranges }) => {
    const letters = Array.from(text);
    return ranges.map(({ start, end }) => letters.slice(start, end).join(""));
  }));
}
