/** A workflow as somebody is about to make or change it; pure. */

import { Matching } from "@sdk/scriba/v1/catalog_pb.js";
import { type DocumentSource, ScheduleDate, TriggerKind } from "@sdk/scriba/v1/workflows_pb.js";

import type { ActionName, LabelName } from "@/settings/workflows/names";
import { type GroupDraft, NO_QUERY } from "@/settings/workflows/query/draft";

/** Tells apart what stands in a list while it is written. */
export type Key = string;

export interface LabelFilterDraft {
  readonly anyOf: readonly string[];
  readonly allOf: readonly string[];
  readonly noneOf: readonly string[];
}

export interface TriggerDraft {
  readonly key: Key;
  readonly kind: TriggerKind;
  /** The filters that stand on the page; one that is not there asks nothing. */
  readonly shown: readonly FilterName[];
  readonly sources: readonly DocumentSource[];
  readonly path: string;
  readonly filename: string;
  readonly matching: Matching;
  readonly pattern: string;
  readonly caseSensitive: boolean;
  readonly labels: Readonly<Record<LabelName, LabelFilterDraft>>;
  readonly fieldQuery: GroupDraft;
  readonly date: ScheduleDate;
  readonly dateField: string;
  /** Whether the days are counted back from the date. */
  readonly isBefore: boolean;
  /** As they are written. */
  readonly offsetDays: string;
  readonly everyDays: string;
}

export const FILTER_NAMES = ["sources", "path", "filename", "text", "tags", "correspondents", "documentTypes", "storagePaths", "fieldQuery"] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

/** A value for a custom field, as it is written: in words, or as the names of options or the ids of documents. */
export interface ValueDraft {
  readonly field: string;
  readonly text: string;
  readonly several: readonly string[];
}

export interface PairDraft {
  readonly key: Key;
  readonly name: string;
  readonly value: string;
}

export interface AssignDraft {
  readonly title: string;
  readonly tags: readonly string[];
  readonly correspondent: string;
  readonly documentType: string;
  readonly storagePath: string;
  readonly fields: readonly ValueDraft[];
}

export interface RemoveDraft extends Readonly<Record<LabelName, readonly string[]>> {
  readonly fields: readonly string[];
  readonly allOf: readonly LabelName[];
  readonly allFields: boolean;
}

export interface FillFieldDraft {
  readonly field: string;
  readonly by: "pattern" | "template";
  readonly pattern: string;
  readonly template: string;
}

export interface EmailDraft {
  /** Addresses with commas or line ends between. */
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly attachDocument: boolean;
}

export interface WebhookDraft {
  readonly url: string;
  readonly sends: "params" | "body";
  readonly params: readonly PairDraft[];
  readonly body: string;
  readonly asJson: boolean;
  /** Names of headers whose values the server has and nobody is told. */
  readonly keptHeaders: readonly string[];
  readonly headers: readonly PairDraft[];
  readonly attachDocument: boolean;
}

export interface RemovePasswordDraft {
  /** Numbers of passwords that the server has and nobody is told. */
  readonly kept: readonly number[];
  readonly passwords: readonly { readonly key: Key; readonly password: string }[];
}

/** One action; what the kinds that it is not of would hold is not there. */
export type ActionDraft = { readonly key: Key } & (
  | { readonly case: "assign"; readonly value: AssignDraft }
  | { readonly case: "remove"; readonly value: RemoveDraft }
  | { readonly case: "fillField"; readonly value: FillFieldDraft }
  | { readonly case: "email"; readonly value: EmailDraft }
  | { readonly case: "webhook"; readonly value: WebhookDraft }
  | { readonly case: "removePassword"; readonly value: RemovePasswordDraft }
  | { readonly case: "trash" }
);

export interface WorkflowDraft {
  readonly name: string;
  readonly enabled: boolean;
  readonly triggers: readonly TriggerDraft[];
  readonly actions: readonly ActionDraft[];
}

const NO_LABELS: LabelFilterDraft = { anyOf: [], allOf: [], noneOf: [] };

export function newTrigger(key: Key): TriggerDraft {
  return {
    key,
    kind: TriggerKind.DOCUMENT_ADDED,
    shown: [],
    sources: [],
    path: "",
    filename: "",
    matching: Matching.ANY,
    pattern: "",
    caseSensitive: false,
    labels: { tags: NO_LABELS, correspondents: NO_LABELS, documentTypes: NO_LABELS, storagePaths: NO_LABELS },
    fieldQuery: NO_QUERY,
    date: ScheduleDate.ADDED,
    dateField: "",
    isBefore: false,
    offsetDays: "",
    everyDays: "",
  };
}

export function newAction(key: Key, name: ActionName): ActionDraft {
  switch (name) {
    case "assign":
      return { key, case: name, value: { title: "", tags: [], correspondent: "", documentType: "", storagePath: "", fields: [] } };
    case "remove":
      return { key, case: name, value: { tags: [], correspondents: [], documentTypes: [], storagePaths: [], fields: [], allOf: [], allFields: false } };
    case "fillField":
      return { key, case: name, value: { field: "", by: "pattern", pattern: "", template: "" } };
    case "email":
      return { key, case: name, value: { to: "", subject: "{{ title }}", body: "", attachDocument: false } };
    case "webhook":
      return { key, case: name, value: { url: "", sends: "params", params: [], body: "", asJson: true, keptHeaders: [], headers: [], attachDocument: false } };
    case "removePassword":
      return { key, case: name, value: { kept: [], passwords: [{ key: "new-0", password: "" }] } };
    case "trash":
      return { key, case: name };
  }
}

/** Gives a key that none of a list has. */
export function freshKey(items: readonly { readonly key: Key }[]): Key {
  const used = new Set(items.map(({ key }) => key));
  let number = items.length;
  while (used.has(`new-${String(number)}`)) number += 1;
  return `new-${String(number)}`;
}

export function newWorkflow(): WorkflowDraft {
  return { name: "", enabled: true, triggers: [newTrigger("new-0")], actions: [] };
}
