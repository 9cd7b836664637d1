/** A question about custom fields as somebody is about to put it together; pure. */

import { type Field, FieldKind } from "@sdk/scriba/v1/catalog_pb.js";

/** What is asked of a field's value; `missing` and `exists` ask whether there is one. */
export type Comparison = "exact" | "in" | "icontains" | "istartswith" | "iendswith" | "gt" | "gte" | "lt" | "lte" | "range" | "contains" | "exists" | "missing";

export interface QuestionDraft {
  readonly case: "question";
  /** Tells it apart among all of the query. */
  readonly key: string;
  /** The name of the field. */
  readonly field: string;
  readonly comparison: Comparison;
  /** As it is written; of several values each on its own line. */
  readonly text: string;
  /** The other end of a range. */
  readonly until: string;
  /** Names of options, ids of documents. */
  readonly several: readonly string[];
}

export type Joining = "all" | "any" | "none";

export interface GroupDraft {
  readonly case: "group";
  readonly key: string;
  readonly joining: Joining;
  readonly parts: readonly QueryDraft[];
}

/** What this client cannot take apart: it stays as it was written. */
export interface VerbatimDraft {
  readonly case: "verbatim";
  readonly key: string;
  readonly json: string;
}

export type QueryDraft = QuestionDraft | GroupDraft | VerbatimDraft;

export const NO_QUERY: GroupDraft = { case: "group", key: "0", joining: "all", parts: [] };

const HAVING: readonly Comparison[] = ["exists", "missing"];
const TEXT: readonly Comparison[] = ["icontains", "exact", "istartswith", "iendswith", "in", ...HAVING];
const ORDERED: readonly Comparison[] = ["exact", "gt", "gte", "lt", "lte", "range", "in", ...HAVING];
const SEVERAL: readonly Comparison[] = ["contains", "exact", ...HAVING];

/** What may be asked of each kind of field, the most usual first. */
const COMPARISONS: Readonly<Record<FieldKind, readonly Comparison[]>> = {
  [FieldKind.UNSPECIFIED]: HAVING,
  [FieldKind.TEXT]: TEXT,
  [FieldKind.LONG_TEXT]: TEXT,
  [FieldKind.URL]: TEXT,
  [FieldKind.EMAIL]: TEXT,
  [FieldKind.DATE]: ORDERED,
  [FieldKind.DATE_TIME]: ORDERED,
  [FieldKind.INTEGER]: ORDERED,
  [FieldKind.NUMBER]: ORDERED,
  [FieldKind.MONEY]: ORDERED,
  [FieldKind.BOOLEAN]: ["exact", ...HAVING],
  [FieldKind.CHOICE]: ["exact", "in", ...HAVING],
  [FieldKind.CHOICES]: SEVERAL,
  [FieldKind.DOCUMENTS]: SEVERAL,
};

export function comparisonsOf(kind: FieldKind): readonly Comparison[] {
  return COMPARISONS[kind];
}

export function isText(kind: FieldKind): boolean {
  return COMPARISONS[kind] === TEXT;
}

/** Tells whether the values that are compared with are chosen from a list. */
export function isChosen(kind: FieldKind, comparison: Comparison): boolean {
  return COMPARISONS[kind] === SEVERAL || (kind === FieldKind.CHOICE && comparison === "in");
}

export function isAboutHaving(comparison: Comparison): boolean {
  return HAVING.includes(comparison);
}

export function newQuestion(group: GroupDraft, { name, kind }: Field): QuestionDraft {
  return { case: "question", key: freshKeyIn(group), field: name, comparison: comparisonsOf(kind)[0] ?? "exists", text: "", until: "", several: [] };
}

export function newGroup(group: GroupDraft): GroupDraft {
  return { case: "group", key: freshKeyIn(group), joining: group.joining === "any" ? "all" : "any", parts: [] };
}

/** Puts a part in the place of the one that had its key. */
export function withPart(group: GroupDraft, part: QueryDraft): GroupDraft {
  return { ...group, parts: group.parts.map((other) => (other.key === part.key ? part : other)) };
}

export function withoutPart(group: GroupDraft, key: string): GroupDraft {
  return { ...group, parts: group.parts.filter((part) => part.key !== key) };
}

function freshKeyIn({ key, parts }: GroupDraft): string {
  const used = new Set(parts.map((part) => part.key));
  let number = parts.length;
  while (used.has(`${key}.${String(number)}`)) number += 1;
  return `${key}.${String(number)}`;
}
