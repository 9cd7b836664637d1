/** Which documents are selected: some by their ids, or all that a query finds but for some. */

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { StartBulkEditRequestSchema } from "@sdk/scriba/v1/bulk_edits_pb.js";

import { exceptFor } from "@/library/terms";

export type Selection =
  | { readonly kind: "some"; readonly ids: ReadonlySet<string> }
  | { readonly kind: "found"; readonly query: string; readonly found: number; readonly without: ReadonlySet<string> };

export const NOTHING: Selection = { kind: "some", ids: new Set() };

/** As many documents as one order names by id. */
export const MOST_IDS = 10_000;

/** Selects all that a query finds. It finds nothing in the trash, and with no words the whole archive: what lies there is selected by its ids. */
export function allFound(query: string, found: number): Selection {
  return { kind: "found", query, found, without: new Set() };
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
export function chosenBy(selection: Selection): NonNullable<MessageInitShape<typeof StartBulkEditRequestSchema>["chosen"]> {
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
