/** What a workflow says, line by line, for who may read it and not change it; pure. */

import type { Field } from "@sdk/scriba/v1/catalog_pb.js";
import { type LabelFilter, type Schedule, ScheduleDate, type WorkflowAction, type WorkflowTrigger } from "@sdk/scriba/v1/workflows_pb.js";

import { shownValue } from "@/document/panels/facts/shown";
import { LABEL_KINDS, LABEL_NAMES, type LabelName, nameOfDate, nameOfMatching, SOURCES, type SourceName } from "@/settings/workflows/names";
import { queryDraftOf } from "@/settings/workflows/query/reading";
import { wordsOf } from "@/settings/workflows/query/words";
import type { WordId } from "@/words/words";

export interface Fact {
  readonly name: string;
  readonly text: string;
}

export interface Reader {
  readonly say: (id: WordId, values?: Record<string, string | number>) => string;
  readonly locale: string;
  readonly fields: readonly Field[];
}

export function factsOfTrigger(trigger: WorkflowTrigger, { say, locale, fields }: Reader): Fact[] {
  const filter = (name: LabelName): Fact => ({ name: say(`workflows.filter.${name}`), text: filterText(trigger[name], say) });
  const sources = (Object.keys(SOURCES) as SourceName[]).filter((name) => trigger.sources.includes(SOURCES[name]));
  return told([
    { name: say("workflows.schedule.date"), text: trigger.schedule ? scheduleText(trigger.schedule, say) : "" },
    { name: say("workflows.filter.sources"), text: sources.map((name) => say(`workflows.source.${name}`)).join(", ") },
    { name: say("workflows.filter.path"), text: trigger.path },
    { name: say("workflows.filter.filename"), text: trigger.filename },
    { name: say("workflows.filter.text"), text: trigger.pattern === "" ? "" : `${say(`labels.matching.${nameOfMatching(trigger.matching)}`)}: ${trigger.pattern}` },
    ...LABEL_NAMES.map(filter),
    { name: say("workflows.filter.fieldQuery"), text: trigger.fieldQuery === "" ? "" : wordsOf(queryDraftOf(trigger.fieldQuery, { fields, locale }), fields, say) },
  ]);
}

export function factsOfAction({ action }: WorkflowAction, { say, locale }: Reader): Fact[] {
  switch (action.case) {
    case "assign": {
      const { title, tags, correspondent, documentType, storagePath, fields } = action.value;
      const values = fields.map((value): Fact => ({ name: value.field, text: shownValue(value, locale, (answer) => say(answer ? "panels.yes" : "panels.no")) }));
      return told([
        { name: say("workflows.title"), text: title },
        { name: say("workflows.filter.tags"), text: tags.join(", ") },
        { name: say("workflows.correspondent"), text: correspondent },
        { name: say("workflows.documentType"), text: documentType },
        { name: say("workflows.storagePath"), text: storagePath },
        ...values,
      ]);
    }
    case "remove": {
      const { allOf, allFields, fields, ...labels } = action.value;
      const all = LABEL_NAMES.filter((name) => allOf.includes(LABEL_KINDS[name]));
      return told([
        ...LABEL_NAMES.map((name): Fact => ({ name: say(`workflows.filter.${name}`), text: all.includes(name) ? say(`workflows.remove.all.${name}`) : labels[name].join(", ") })),
        { name: say("workflows.remove.fields"), text: allFields ? say("workflows.remove.all_fields") : fields.join(", ") },
      ]);
    }
    case "fillField": {
      const { field, source } = action.value;
      const name = say(source.case === "template" ? "workflows.fill.template.label" : "workflows.fill.pattern.label");
      return told([
        { name: say("workflows.fill.field"), text: field },
        { name, text: source.value ?? "" },
      ]);
    }
    case "email": {
      const { to, subject, body } = action.value;
      return told([
        { name: say("workflows.email.to"), text: to.join(", ") },
        { name: say("workflows.email.subject"), text: subject },
        { name: say("workflows.email.body"), text: body },
      ]);
    }
    case "webhook": {
      const { url, params, body, keptHeaders } = action.value;
      return told([
        { name: say("workflows.webhook.url"), text: url },
        ...Object.entries(params).map(([name, text]): Fact => ({ name, text })),
        { name: say("workflows.webhook.body"), text: body },
        { name: say("workflows.webhook.headers"), text: keptHeaders.join(", ") },
      ]);
    }
    default:
      return [];
  }
}

function told(facts: readonly Fact[]): Fact[] {
  return facts.filter(({ text }) => text !== "");
}

function filterText(filter: LabelFilter | undefined, say: Reader["say"]): string {
  if (!filter) return "";
  const parts = [
    ["workflows.filter.any_of", filter.anyOf],
    ["workflows.filter.all_of", filter.allOf],
    ["workflows.filter.none_of", filter.noneOf],
  ] as const;
  return parts.flatMap(([word, names]) => (names.length > 0 ? [`${say(word)}: ${names.join(", ")}`] : [])).join(" · ");
}

function scheduleText({ date, field, offsetDays, everyDays }: Schedule, say: Reader["say"]): string {
  const from = date === ScheduleDate.FIELD ? field : say(`workflows.schedule.${nameOfDate(date)}`);
  const days = offsetDays === 0 ? [] : [`${String(Math.abs(offsetDays))} ${say("workflows.schedule.offset")} ${say(offsetDays < 0 ? "workflows.schedule.before" : "workflows.schedule.after")}`];
  const again = everyDays === 0 ? [] : [`${say("workflows.schedule.every")}: ${String(everyDays)}`];
  return [from, ...days, ...again].join(" · ");
}
