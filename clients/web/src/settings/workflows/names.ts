/** What workflows are made of, as words call it. */

import { LabelKind, Matching } from "@sdk/scriba/v1/catalog_pb.js";
import { DocumentSource, ScheduleDate, StepOutcome, TriggerKind } from "@sdk/scriba/v1/workflows_pb.js";

export type TriggerName = "consumption_started" | "document_added" | "document_updated" | "scheduled";
export const TRIGGERS: Readonly<Record<TriggerName, TriggerKind>> = {
  document_added: TriggerKind.DOCUMENT_ADDED,
  document_updated: TriggerKind.DOCUMENT_UPDATED,
  consumption_started: TriggerKind.CONSUMPTION_STARTED,
  scheduled: TriggerKind.SCHEDULED,
};

export type DateName = "added" | "created" | "modified" | "field";
export const DATES: Readonly<Record<DateName, ScheduleDate>> = {
  added: ScheduleDate.ADDED,
  created: ScheduleDate.CREATED,
  modified: ScheduleDate.MODIFIED,
  field: ScheduleDate.FIELD,
};

export type SourceName = "folder" | "upload" | "mail";
export const SOURCES: Readonly<Record<SourceName, DocumentSource>> = {
  folder: DocumentSource.FOLDER,
  upload: DocumentSource.UPLOAD,
  mail: DocumentSource.MAIL,
};

export type TextMatching = "any" | "all" | "exact" | "regex" | "fuzzy";
export const TEXT_MATCHINGS: Readonly<Record<TextMatching, Matching>> = {
  any: Matching.ANY,
  all: Matching.ALL,
  exact: Matching.EXACT,
  regex: Matching.REGEX,
  fuzzy: Matching.FUZZY,
};

export type OutcomeName = "done" | "unchanged" | "held" | "failed";
const OUTCOMES: Readonly<Record<OutcomeName, StepOutcome>> = {
  done: StepOutcome.DONE,
  unchanged: StepOutcome.UNCHANGED,
  held: StepOutcome.HELD,
  failed: StepOutcome.FAILED,
};

/** Names a value of a table; the first of all for one that this client does not know. */
function nameIn<Name extends string, Value>(table: Readonly<Record<Name, Value>>, value: Value): Name {
  const names = Object.keys(table) as Name[];
  const [first] = names;
  if (first === undefined) throw new Error("a table without names");
  return names.find((name) => table[name] === value) ?? first;
}

export const nameOfTrigger = (kind: TriggerKind): TriggerName => nameIn(TRIGGERS, kind);
export const nameOfDate = (date: ScheduleDate): DateName => nameIn(DATES, date);
export const nameOfMatching = (matching: Matching): TextMatching => nameIn(TEXT_MATCHINGS, matching);
export const nameOfOutcome = (outcome: StepOutcome): OutcomeName => nameIn(OUTCOMES, outcome);

/** The kinds of actions, as the contract has them, in the order in which they are offered. */
export const ACTION_NAMES = ["assign", "remove", "fillField", "email", "webhook", "removePassword", "trash"] as const;
export type ActionName = (typeof ACTION_NAMES)[number];

/** The kinds of labels that filters and actions name, as the fields of their messages are called. */
export const LABEL_NAMES = ["tags", "correspondents", "documentTypes", "storagePaths"] as const;
export type LabelName = (typeof LABEL_NAMES)[number];
export const LABEL_KINDS: Readonly<Record<LabelName, LabelKind>> = {
  tags: LabelKind.TAG,
  correspondents: LabelKind.CORRESPONDENT,
  documentTypes: LabelKind.DOCUMENT_TYPE,
  storagePaths: LabelKind.STORAGE_PATH,
};

/** As violations call them. */
export function pathOfLabels(name: LabelName): string {
  return name.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`);
}
