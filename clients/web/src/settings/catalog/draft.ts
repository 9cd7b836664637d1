/** A label as somebody is about to make or change it. */

import { create } from "@bufbuild/protobuf";
import { LabelKind, LabelSchema, Matching, type Label } from "@sdk/scriba/v1/catalog_pb.js";

import { usesPattern } from "@/settings/catalog/kinds";

export type Draft = Pick<Label, "name" | "matching" | "pattern" | "caseSensitive" | "colour" | "inbox" | "parentId" | "template">;

export const NEW_DRAFT: Draft = { name: "", matching: Matching.AUTO, pattern: "", caseSensitive: false, colour: "", inbox: false, parentId: "", template: "" };

const COMMON = ["name", "matching", "pattern", "case_sensitive"];
const OF_KIND: Partial<Readonly<Record<LabelKind, readonly string[]>>> = {
  [LabelKind.TAG]: ["colour", "inbox", "parent_id"],
  [LabelKind.STORAGE_PATH]: ["template"],
};

export function draftOf({ name, matching, pattern, caseSensitive, colour, inbox, parentId, template }: Label): Draft {
  return { name, matching, pattern, caseSensitive, colour, inbox, parentId, template };
}

/** Writes it for the server; a pattern that nothing goes by any more is not kept. */
export function labelOf(kind: LabelKind, draft: Draft, id = "", etag = ""): Label {
  return create(LabelSchema, { ...draft, pattern: usesPattern(draft.matching) ? draft.pattern : "", name: draft.name.trim(), kind, id, etag });
}

/** Names the fields that a label of this kind has. */
export function maskOf(kind: LabelKind): string[] {
  return [...COMMON, ...(OF_KIND[kind] ?? [])];
}
