/** Which documents are selected: some by their ids, or all that a query finds, or all of the trash, but for some. */

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { StartBulkEditRequestSchema } from "@sdk/scriba/v1/bulk_edits_pb.js";

import { exceptFor } from "@/library/terms";

/** What is selected of a list that a query can name; it finds nothing in the trash, and with no words the whole archive. */
export type Listed =
  | { readonly kind: "some"; readonly ids: ReadonlySet<string> }
  | { readonly kind: "found"; readonly query: string; readonly found: number; readonly without: ReadonlySet<string> };
export type Selection = Listed | { readonly kind: "trash"; readonly found: number; readonly without: ReadonlySet<string> };
export type Chosen = NonNullable<MessageInitShape<typeof StartBulkEditRequestSchema>["chosen"]>;

export const NOTHING: Selection = { kind: "some", ids: new Set() };

/** As many documents as one order names by id. */
export const MOST_IDS = 10_000;

export function allFound(query: string, found: number): Selection {
  return { kind: "found", query, found, without: new Set() };
}

export function allTrashed(found: number): Selection {
  return { kind: "trash", found, without: new Set() };
}

export function isSelected(selection: Selection, id: string): boolean {
  return selection.kind === "some" ? selection.ids.has(id) : !selection.without.has(id);
}

export function countOf(selection: Selection): number {
  return selection.kind === "some" ? selection.ids.size : Math.max(selection.found - selection.without.size, 0);
}

export function toggledAt(selection: Selection, id: string): Selection {
  return selectedAs(selection, [id], !isSelected(selection, id));
}

/** Selects these documents, or lets them go. */
export function selectedAs(selection: Selection, ids: Iterable<string>, isIn: boolean): Selection {
  if (selection.kind === "some") return { kind: "some", ids: changed(selection.ids, ids, isIn) };
  return { ...selection, without: changed(selection.without, ids, !isIn) };
}

/** Names the documents in an order to the server. */
export function chosenBy(selection: Listed): Chosen {
  if (selection.kind === "some") return { case: "documents", value: { ids: [...selection.ids] } };
  return { case: "query", value: exceptFor(selection.query, selection.without) };
}

function changed(set: ReadonlySet<string>, ids: Iterable<string>, isIn: boolean): ReadonlySet<string> {
  const next = new Set(set);
  for (const id of ids) {
    if (isIn) next.add(id);
    else next.delete(id);
  }
  return next;
}
