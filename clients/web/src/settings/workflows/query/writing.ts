/** A question in the contract's JSON, from its form; and what of it cannot be asked so. Pure. */

import { timestampDate } from "@bufbuild/protobuf/wkt";
import { type Field, FieldKind } from "@sdk/scriba/v1/catalog_pb.js";

import { decimalFrom, type Mistake, valueFrom } from "@/document/panels/facts/values";
import { type GroupDraft, isAboutHaving, isChosen, isText, type QueryDraft, type QuestionDraft } from "@/settings/workflows/query/draft";
import type { Known } from "@/settings/workflows/query/reading";

export type QueryMistake = Mistake | "empty" | "json";

type Value = string | number | boolean | readonly string[];
type Read = { readonly value: Value } | { readonly mistake: QueryMistake };

/** Gives "" for a query that asks nothing. */
export function queryFrom(draft: GroupDraft, known: Known): string {
  const told = toldOf(draft, known);
  return told === undefined ? "" : JSON.stringify(told);
}

/** Tells what is wrong with which part, by its key. */
export function mistakesInQuery(draft: QueryDraft, known: Known): Readonly<Record<string, QueryMistake>> {
  switch (draft.case) {
    case "group":
      return Object.assign({}, ...draft.parts.map((part) => mistakesInQuery(part, known))) as Record<string, QueryMistake>;
    case "verbatim":
      return parsed(draft.json) === undefined ? { [draft.key]: "json" } : {};
    case "question": {
      const wrong = valuesOf(draft, known).find((read) => "mistake" in read);
      return wrong ? { [draft.key]: wrong.mistake } : {};
    }
  }
}

/** Groups that ask nothing are left out, and so are those around a single part that say no more than it. */
function toldOf(draft: QueryDraft, known: Known): unknown {
  switch (draft.case) {
    case "verbatim":
      return parsed(draft.json);
    case "question":
      return questionFrom(draft, known);
    case "group": {
      const parts = draft.parts.map((part) => toldOf(part, known)).filter((part) => part !== undefined);
      if (parts.length === 0) return undefined;
      const [single] = parts;
      const joined = parts.length === 1 ? single : [draft.joining === "all" ? "AND" : "OR", parts];
      return draft.joining === "none" ? ["NOT", joined] : joined;
    }
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function questionFrom(draft: QuestionDraft, known: Known): unknown {
  const { field, comparison } = draft;
  if (isAboutHaving(comparison)) return [field, "exists", comparison === "exists"];
  const values = valuesOf(draft, known).flatMap((read) => ("value" in read ? [read.value] : []));
  return [field, comparison, comparison === "in" && values.length === 1 && Array.isArray(values[0]) ? values[0] : comparison === "in" || comparison === "range" ? values : values[0]];
}

function valuesOf(draft: QuestionDraft, { fields, locale }: Known): Read[] {
  const { comparison, text, until, several } = draft;
  const field = fields.find(({ name }) => name === draft.field);
  if (!field || isAboutHaving(comparison)) return [];
  if (isChosen(field.kind, comparison)) return [several.length === 0 ? { mistake: "empty" } : { value: several }];
  if (comparison === "range") return [text, until].map((each) => readValue(each, field, locale));
  if (comparison !== "in") return [readValue(text, field, locale)];
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length === 0 ? [{ mistake: "empty" }] : lines.map((line) => readValue(line, field, locale));
}

function readValue(text: string, field: Field, locale: string): Read {
  const written = text.trim();
  if (written === "") return { mistake: "empty" };
  // A part of an address is none, and may be asked for all the same.
  if (isText(field.kind) || field.kind === FieldKind.CHOICE) return { value: written };
  if (field.kind === FieldKind.BOOLEAN) return { value: written === "yes" };
  if (field.kind === FieldKind.DATE) return /^\d{4}-\d\d-\d\d$/.test(written) ? { value: written } : { mistake: "moment" };
  const reading = valueFrom(field, written, locale);
  if ("mistake" in reading) return reading;
  const { value } = reading.value;
  switch (value.case) {
    case "time":
      return { value: timestampDate(value.value).toISOString() };
    case "integer":
      return { value: Number(value.value) };
    case "number":
      return { value: value.value };
    case "money":
      return { value: Number(value.value.amount) };
    default:
      return { value: Number(decimalFrom(written, locale)) };
  }
}
