/** A question of the contract's JSON as its form has it; pure. */

import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Field, FieldKind } from "@sdk/scriba/v1/catalog_pb.js";

import { decimalFrom, textOf, withValue } from "@/document/panels/facts/values";
import { type Comparison, comparisonsOf, type GroupDraft, isChosen, type Joining, NO_QUERY, type QueryDraft, type QuestionDraft } from "@/settings/workflows/query/draft";

export interface Known {
  readonly fields: readonly Field[];
  readonly locale: string;
}

/** Takes a query apart; what cannot be taken apart stands in it as it was written. */
export function queryDraftOf(query: string, known: Known): GroupDraft {
  if (query.trim() === "") return NO_QUERY;
  const key = `${NO_QUERY.key}.0`;
  const parsed = parse(query);
  const whole: QueryDraft = parsed === undefined ? { case: "verbatim", key, json: query } : partOf(parsed, key, known);
  return whole.case === "group" ? { ...whole, key: NO_QUERY.key } : { ...NO_QUERY, parts: [whole] };
}

function parse(query: string): unknown {
  try {
    return JSON.parse(query);
  } catch {
    return undefined;
  }
}

function partOf(told: unknown, key: string, known: Known): QueryDraft {
  return groupOf(told, key, known) ?? questionOf(told, key, known) ?? { case: "verbatim", key, json: JSON.stringify(named(told, known)) };
}

/** The server answers the ids of fields; people know their names. */
function named(told: unknown, { fields }: Known): unknown {
  if (!Array.isArray(told) || typeof told[0] !== "number") return told;
  return [fields.find(({ id }) => id === String(told[0]))?.name ?? told[0], ...(told as unknown[]).slice(1)];
}

const JOINING: Readonly<Record<string, Joining>> = { AND: "all", OR: "any" };

function groupOf(told: unknown, key: string, known: Known): GroupDraft | null {
  if (!Array.isArray(told) || told.length !== 2) return null;
  const [word, inner] = told as [unknown, unknown];
  if (word === "NOT") {
    const part = partOf(inner, `${key}.0`, known);
    return { case: "group", key, joining: "none", parts: part.case === "group" && part.joining === "any" ? part.parts : [part] };
  }
  const joining = typeof word === "string" ? JOINING[word] : undefined;
  if (!joining || !Array.isArray(inner)) return null;
  return { case: "group", key, joining, parts: inner.map((part, place) => partOf(part, `${key}.${String(place)}`, known)) };
}

function questionOf(told: unknown, key: string, { fields, locale }: Known): QuestionDraft | null {
  if (!Array.isArray(told) || told.length !== 3) return null;
  const [named, operator, value] = told as [unknown, unknown, unknown];
  const field = fields.find(({ id, name }) => (typeof named === "number" ? id === String(named) : name === named));
  const comparison = comparisonOf(operator, value);
  if (!field || !comparison || !comparisonsOf(field.kind).includes(comparison)) return null;
  const question: QuestionDraft = { case: "question", key, field: field.name, comparison, text: "", until: "", several: [] };
  if (comparison === "exists" || comparison === "missing") return question;
  if (isChosen(field.kind, comparison)) {
    const several = namesOf(value, field);
    return several && { ...question, several };
  }
  const values = comparison === "in" || comparison === "range" ? value : [value];
  const texts = Array.isArray(values) ? values.map((each) => writtenValue(each, field, locale)) : [null];
  // What would not be read again as it was asked is left as it is.
  if (texts.some((text) => text === null || text === "" || (comparison === "in" && text.includes("\n")))) return null;
  const [text = "", until = ""] = texts.map(String);
  if (comparison === "range") return texts.length === 2 ? { ...question, text, until } : null;
  return { ...question, text: comparison === "in" ? texts.join("\n") : text };
}

function comparisonOf(operator: unknown, value: unknown): Comparison | null {
  if (operator === "exists" || operator === "isnull") {
    if (typeof value !== "boolean") return null;
    return (operator === "exists") === value ? "exists" : "missing";
  }
  return typeof operator === "string" ? (operator as Comparison) : null;
}

function namesOf(value: unknown, field: Field): string[] | null {
  if (!Array.isArray(value)) return null;
  const names = value.map((each) => (field.kind === FieldKind.DOCUMENTS ? String(each) : optionName(each, field)));
  return names.every((name) => name !== null) ? names : null;
}

function optionName(told: unknown, { options }: Field): string | null {
  return options.find(({ id, name }) => name === told || id === String(told))?.name ?? null;
}

function writtenValue(told: unknown, field: Field, locale: string): string | null {
  switch (field.kind) {
    case FieldKind.BOOLEAN:
      return typeof told === "boolean" ? (told ? "yes" : "no") : null;
    case FieldKind.CHOICE:
      return optionName(told, field);
    case FieldKind.INTEGER:
    case FieldKind.NUMBER:
    case FieldKind.MONEY:
      return writtenNumber(told, field, locale);
    case FieldKind.DATE_TIME: {
      // Without a zone the server takes it for UTC.
      const moment = new Date(typeof told !== "string" ? "" : /(?:Z|[+-]\d\d:?\d\d)$/.test(told) ? told : `${told}Z`);
      // Its box takes minutes alone.
      const isWhole = moment.getTime() % 60_000 === 0;
      return isWhole ? textOf(withValue(field, { case: "time", value: timestampFromDate(moment) }), locale) : null;
    }
    case FieldKind.DATE:
      return typeof told === "string" && /^\d{4}-\d\d-\d\d$/.test(told) ? told : null;
    default:
      return typeof told === "string" && told === told.trim() ? told : null;
  }
}

/** Amounts are compared without their currency. */
function writtenNumber(told: unknown, field: Field, locale: string): string | null {
  const number = typeof told === "string" && field.kind === FieldKind.MONEY ? Number(told.replace(/^[A-Z]{3}\s*/, "")) : told;
  if (typeof number !== "number" || !Number.isFinite(number)) return null;
  const text = textOf(withValue(field, { case: "number", value: number }), locale);
  return Number(decimalFrom(text, locale)) === number ? text : null;
}
