import type { QueryClient } from "@tanstack/react-query";

// The index follows the database within a second.
const INDEXED_MILLISECONDS = 1500;

/** Has all that is shown of documents read anew, now and when the index has followed. */
export async function readAnew(queries: QueryClient): Promise<void> {
  const all = { predicate: ({ queryKey }: { readonly queryKey: readonly unknown[] }) => queryKey[0] === "connect-query" };
  setTimeout(() => void queries.invalidateQueries(all), INDEXED_MILLISECONDS);
  await queries.invalidateQueries(all);
}
