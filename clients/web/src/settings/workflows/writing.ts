/** A workflow as it is sent, from its form; and which boxes hold what cannot be sent. Pure. */

import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Field, FieldKind, type FieldValue, FieldValueSchema } from "@sdk/scriba/v1/catalog_pb.js";
import { ScheduleDate, TriggerKind, type Workflow, type WorkflowActionSchema, WorkflowSchema, type WorkflowTriggerSchema } from "@sdk/scriba/v1/workflows_pb.js";

import { type Mistake, type Reading, valueFrom, withText, withValue } from "@/document/panels/facts/values";
import { daysFrom } from "@/settings/fields/draft";
import type { ActionDraft, AssignDraft, FilterName, LabelFilterDraft, PairDraft, RemoveDraft, TriggerDraft, ValueDraft, WebhookDraft, WorkflowDraft } from "@/settings/workflows/draft";
import type { Faults } from "@/settings/workflows/faults";
import { LABEL_KINDS } from "@/settings/workflows/names";
import type { Known } from "@/settings/workflows/query/reading";
import { mistakesInQuery, queryFrom, type QueryMistake } from "@/settings/workflows/query/writing";
import { answerText } from "@/settings/workflows/reading";

type TriggerShape = MessageInitShape<typeof WorkflowTriggerSchema>;
type ActionShape = MessageInitShape<typeof WorkflowActionSchema>;
type ActionOf<Name> = Extract<NonNullable<ActionShape["action"]>, { case: Name }>["value"];

/** What a change of a workflow names. */
export const MASK: readonly string[] = ["name", "enabled", "triggers", "actions"];

/** `id` and `etag` are "" for a new one. */
export function workflowFrom({ name, enabled, triggers, actions }: WorkflowDraft, known: Known, id = "", etag = ""): Workflow {
  return create(WorkflowSchema, {
    id,
    etag,
    name: name.trim(),
    enabled,
    triggers: triggers.map((trigger) => triggerFrom(trigger, known)),
    actions: actions.map((action) => ({ action: actionFrom(action, known) })),
  });
}

function triggerFrom(draft: TriggerDraft, known: Known): TriggerShape {
  const { kind, shown, sources, path, filename, matching, pattern, caseSensitive, labels, fieldQuery } = draft;
  const has = (name: FilterName) => shown.includes(name);
  const labelsOf = (name: keyof TriggerDraft["labels"]) => (has(name) && asks(labels[name]) ? { [name]: sentFilter(labels[name]) } : {});
  return {
    kind,
    sources: has("sources") ? [...sources] : [],
    path: has("path") ? path.trim() : "",
    filename: has("filename") ? filename.trim() : "",
    ...(has("text") && { matching, pattern, caseSensitive }),
    ...labelsOf("tags"),
    ...labelsOf("correspondents"),
    ...labelsOf("documentTypes"),
    ...labelsOf("storagePaths"),
    fieldQuery: has("fieldQuery") ? queryFrom(fieldQuery, known) : "",
    ...(kind === TriggerKind.SCHEDULED && { schedule: scheduleFrom(draft) }),
  };
}

function scheduleFrom({ date, dateField, isBefore, offsetDays, everyDays }: TriggerDraft): NonNullable<TriggerShape["schedule"]> {
  const days = daysFrom(offsetDays) ?? 0;
  return { date, field: date === ScheduleDate.FIELD ? dateField : "", offsetDays: isBefore && days > 0 ? -days : days, everyDays: daysFrom(everyDays) ?? 0 };
}

function asks({ anyOf, allOf, noneOf }: LabelFilterDraft): boolean {
  return anyOf.length + allOf.length + noneOf.length > 0;
}

function sentFilter({ anyOf, allOf, noneOf }: LabelFilterDraft): { anyOf: string[]; allOf: string[]; noneOf: string[] } {
  return { anyOf: [...anyOf], allOf: [...allOf], noneOf: [...noneOf] };
}

function actionFrom(action: ActionDraft, known: Known): NonNullable<ActionShape["action"]> {
  switch (action.case) {
    case "assign":
      return { case: "assign", value: assignFrom(action.value, known) };
    case "remove":
      return { case: "remove", value: removeFrom(action.value) };
    case "fillField": {
      const { field, by, pattern, template } = action.value;
      return { case: "fillField", value: { field, source: by === "pattern" ? { case: by, value: pattern } : { case: by, value: template } } };
    }
    case "email": {
      const { to, subject, body, attachDocument } = action.value;
      return { case: "email", value: { to: addressesIn(to), subject, body, attachDocument } };
    }
    case "webhook":
      return { case: "webhook", value: webhookFrom(action.value) };
    case "removePassword": {
      const { kept, passwords } = action.value;
      return { case: "removePassword", value: { kept: [...kept], passwords: passwords.map(({ password }) => password) } };
    }
    case "trash":
      return { case: "trash", value: {} };
  }
}

function assignFrom({ title, tags, correspondent, documentType, storagePath, fields }: AssignDraft, { fields: known, locale }: Known): ActionOf<"assign"> {
  return { title, tags: [...tags], correspondent, documentType, storagePath, fields: fields.map((value) => sentValue(value, known, locale)) };
}

function removeFrom({ tags, correspondents, documentTypes, storagePaths, fields, allOf, allFields }: RemoveDraft): ActionOf<"remove"> {
  const named = (name: keyof typeof LABEL_KINDS, names: readonly string[]) => (allOf.includes(name) ? [] : [...names]);
  return {
    tags: named("tags", tags),
    correspondents: named("correspondents", correspondents),
    documentTypes: named("documentTypes", documentTypes),
    storagePaths: named("storagePaths", storagePaths),
    fields: allFields ? [] : [...fields],
    allOf: allOf.map((name) => LABEL_KINDS[name]),
    allFields,
  };
}

function webhookFrom({ url, sends, params, body, asJson, keptHeaders, headers, attachDocument }: WebhookDraft): ActionOf<"webhook"> {
  return {
    url: url.trim(),
    params: sends === "params" ? recordOf(params) : {},
    body: sends === "body" ? body : "",
    asJson,
    keptHeaders: [...keptHeaders],
    headers: recordOf(headers),
    attachDocument,
  };
}

/** A row that was begun and never named says nothing. */
function recordOf(pairs: readonly PairDraft[]): Record<string, string> {
  return Object.fromEntries(pairs.filter(({ name }) => name.trim() !== "").map(({ name, value }) => [name.trim(), value]));
}

export function addressesIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== "");
}

function sentValue(draft: ValueDraft, fields: readonly Field[], locale: string): FieldValue {
  const field = fields.find(({ name }) => name === draft.field);
  const reading = field && readingOf(draft, field, locale);
  return reading && "value" in reading ? reading.value : create(FieldValueSchema, { field: draft.field });
}

function readingOf({ text, several }: ValueDraft, field: Field, locale: string): Reading {
  switch (field.kind) {
    case FieldKind.BOOLEAN:
      return { value: withValue(field, text === "" ? { case: undefined } : { case: "boolean", value: text === answerText(true) }) };
    case FieldKind.CHOICE:
      return { value: withText(field, text) };
    case FieldKind.CHOICES:
      return { value: withValue(field, several.length === 0 ? { case: undefined } : { case: "choices", value: { names: [...several] } }) };
    case FieldKind.DOCUMENTS:
      return { value: withValue(field, several.length === 0 ? { case: undefined } : { case: "documents", value: { ids: [...several] } }) };
    default:
      return valueFrom(field, text, locale);
  }
}

interface MistakeWords {
  readonly days: string;
  readonly value: (mistake: Mistake) => string;
  readonly query: (mistake: QueryMistake) => string;
}

/** Tells at their places what is no number, no amount or no date; nothing is sent as long as there is one. */
export function mistakesIn({ triggers, actions }: WorkflowDraft, known: Known, say: MistakeWords): Faults {
  const { fields, locale } = known;
  const mistakes: Record<string, string> = {};
  for (const { key, fieldQuery } of triggers.filter(({ shown }) => shown.includes("fieldQuery"))) {
    for (const [part, mistake] of Object.entries(mistakesInQuery(fieldQuery, known))) mistakes[`triggers/${key}/field_query/${part}`] = say.query(mistake);
  }
  for (const { key, offsetDays, everyDays } of triggers.filter(({ kind }) => kind === TriggerKind.SCHEDULED)) {
    if (daysFrom(offsetDays) === null) mistakes[`triggers/${key}/schedule.offset_days`] = say.days;
    if (daysFrom(everyDays) === null) mistakes[`triggers/${key}/schedule.every_days`] = say.days;
  }
  for (const action of actions) {
    for (const value of action.case === "assign" ? action.value.fields : []) {
      const field = fields.find(({ name }) => name === value.field);
      const reading = field && readingOf(value, field, locale);
      if (reading && "mistake" in reading) mistakes[`actions/${action.key}/assign.fields/${value.field}`] = say.value(reading.mistake);
    }
  }
  return mistakes;
}
