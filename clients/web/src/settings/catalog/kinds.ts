/** The kinds of labels, as addresses and words call them. */

import { LabelKind, Matching } from "@sdk/scriba/v1/catalog_pb.js";

export type KindName = "correspondents" | "types" | "tags" | "paths";
export const KIND_NAMES: readonly KindName[] = ["correspondents", "types", "tags", "paths"];
export const KINDS: Readonly<Record<KindName, LabelKind>> = {
  correspondents: LabelKind.CORRESPONDENT,
  types: LabelKind.DOCUMENT_TYPE,
  tags: LabelKind.TAG,
  paths: LabelKind.STORAGE_PATH,
};
/** The field of the search box that finds documents with such a label. */
export const SEARCH_FIELDS: Readonly<Record<KindName, string>> = { correspondents: "correspondent", types: "type", tags: "tag", paths: "path" };

export type MatchingName = "none" | "any" | "all" | "exact" | "regex" | "fuzzy" | "auto";
export const MATCHING_NAMES: readonly MatchingName[] = ["auto", "any", "all", "exact", "regex", "fuzzy", "none"];
export const MATCHINGS: Readonly<Record<MatchingName, Matching>> = {
  none: Matching.NONE,
  any: Matching.ANY,
  all: Matching.ALL,
  exact: Matching.EXACT,
  regex: Matching.REGEX,
  fuzzy: Matching.FUZZY,
  auto: Matching.AUTO,
};

export function matchingName(matching: Matching): MatchingName {
  return MATCHING_NAMES.find((name) => MATCHINGS[name] === matching) ?? "auto";
}

/** Tells whether it goes by a pattern; the others need none. */
export function usesPattern(matching: Matching): boolean {
  return [Matching.ANY, Matching.ALL, Matching.EXACT, Matching.REGEX, Matching.FUZZY].includes(matching);
}
