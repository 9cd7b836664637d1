/** A workflow of the archive as its form has it; pure. */

import { FieldKind, type Field, type FieldValue, type LabelKind, Matching } from "@sdk/scriba/v1/catalog_pb.js";
import { type LabelFilter, ScheduleDate, type Workflow, type WorkflowAction, type WorkflowTrigger } from "@sdk/scriba/v1/workflows_pb.js";

import { textOf } from "@/document/panels/facts/values";
import { type ActionDraft, type FilterName, type Key, type LabelFilterDraft, newAction, newTrigger, type PairDraft, type TriggerDraft, type ValueDraft, type WorkflowDraft } from "@/settings/workflows/draft";
import { LABEL_KINDS, LABEL_NAMES, type LabelName } from "@/settings/workflows/names";
import { type Known, queryDraftOf } from "@/settings/workflows/query/reading";

export function draftOf({ name, enabled, triggers, actions }: Workflow, fields: readonly Field[], locale: string): WorkflowDraft {
  return {
    name,
    enabled,
    triggers: triggers.map((trigger, place) => triggerDraft(trigger, String(place), { fields, locale })),
    actions: actions.flatMap((action, place) => actionDraft(action, String(place), locale) ?? []),
  };
}

function triggerDraft(trigger: WorkflowTrigger, key: Key, known: Known): TriggerDraft {
  const { kind, sources, path, filename, matching, pattern, caseSensitive, fieldQuery, schedule } = trigger;
  const offset = schedule?.offsetDays ?? 0;
  const fresh = newTrigger(key);
  return {
    ...fresh,
    kind,
    shown: shownFilters(trigger),
    sources,
    path,
    filename,
    matching: matching === Matching.UNSPECIFIED ? fresh.matching : matching,
    pattern,
    caseSensitive,
    labels: {
      tags: labelFilter(trigger.tags),
      correspondents: labelFilter(trigger.correspondents),
      documentTypes: labelFilter(trigger.documentTypes),
      storagePaths: labelFilter(trigger.storagePaths),
    },
    fieldQuery: queryDraftOf(fieldQuery, known),
    date: schedule?.date ?? ScheduleDate.ADDED,
    dateField: schedule?.field ?? "",
    isBefore: offset < 0,
    offsetDays: offset === 0 ? "" : String(Math.abs(offset)),
    everyDays: schedule && schedule.everyDays > 0 ? String(schedule.everyDays) : "",
  };
}

/** Names the filters that ask something. */
function shownFilters(trigger: WorkflowTrigger): FilterName[] {
  const asks: Readonly<Record<FilterName, boolean>> = {
    sources: trigger.sources.length > 0,
    path: trigger.path !== "",
    filename: trigger.filename !== "",
    text: trigger.matching !== Matching.UNSPECIFIED && trigger.matching !== Matching.NONE,
    tags: trigger.tags !== undefined,
    correspondents: trigger.correspondents !== undefined,
    documentTypes: trigger.documentTypes !== undefined,
    storagePaths: trigger.storagePaths !== undefined,
    fieldQuery: trigger.fieldQuery !== "",
  };
  return (Object.keys(asks) as FilterName[]).filter((name) => asks[name]);
}

function labelFilter(filter: LabelFilter | undefined): LabelFilterDraft {
  return { anyOf: filter?.anyOf ?? [], allOf: filter?.allOf ?? [], noneOf: filter?.noneOf ?? [] };
}

/** Gives null for an action that this client does not know. */
function actionDraft({ action }: WorkflowAction, key: Key, locale: string): ActionDraft | null {
  switch (action.case) {
    case "assign": {
      const { title, tags, correspondent, documentType, storagePath, fields } = action.value;
      return { key, case: action.case, value: { title, tags, correspondent, documentType, storagePath, fields: fields.map((value) => valueDraft(value, locale)) } };
    }
    case "remove": {
      const { tags, correspondents, documentTypes, storagePaths, fields, allOf, allFields } = action.value;
      return { key, case: action.case, value: { tags, correspondents, documentTypes, storagePaths, fields, allOf: allOf.flatMap(labelName), allFields } };
    }
    case "fillField": {
      const { field, source } = action.value;
      const template = source.case === "template" ? source.value : "";
      return { key, case: action.case, value: { field, by: source.case ?? "pattern", pattern: source.case === "pattern" ? source.value : "", template } };
    }
    case "email": {
      const { to, subject, body, attachDocument } = action.value;
      return { key, case: action.case, value: { to: to.join(", "), subject, body, attachDocument } };
    }
    case "webhook": {
      const { url, params, body, asJson, keptHeaders, attachDocument } = action.value;
      const pairs = Object.entries(params).map(([name, value], place): PairDraft => ({ key: String(place), name, value }));
      return { key, case: action.case, value: { url, sends: body !== "" && pairs.length === 0 ? "body" : "params", params: pairs, body, asJson, keptHeaders, headers: [], attachDocument } };
    }
    case "removePassword":
      return { key, case: action.case, value: { kept: action.value.kept, passwords: [] } };
    case "trash":
      return newAction(key, "trash");
    default:
      return null;
  }
}

function labelName(kind: LabelKind): LabelName[] {
  return LABEL_NAMES.filter((name) => LABEL_KINDS[name] === kind);
}

function valueDraft(value: FieldValue, locale: string): ValueDraft {
  const told = value.value;
  const several = told.case === "choices" ? told.value.names : told.case === "documents" ? told.value.ids : [];
  return { field: value.field, text: told.case === "boolean" ? answerText(told.value) : textOf(value, locale), several };
}

export function answerText(answer: boolean): string {
  return answer ? "yes" : "no";
}

/** Tells whether a value is chosen from a list, not written. */
export function isSeveral(kind: FieldKind): boolean {
  return kind === FieldKind.CHOICES || kind === FieldKind.DOCUMENTS;
}
