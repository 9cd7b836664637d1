/** Values of custom fields as people write them: out of a document, and into one again. */

import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Field, FieldKind, type FieldValue, FieldValueSchema } from "@sdk/scriba/v1/catalog_pb.js";

import { formatsOf } from "@/formats/formats";

type Told = NonNullable<MessageInitShape<typeof FieldValueSchema>["value"]>;

/** Why a text is no value of its field. */
export type Mistake = "number" | "integer" | "money" | "url" | "email" | "moment" | "long";

export type Reading = { readonly value: FieldValue } | { readonly mistake: Mistake };

const LONGEST_LINE = 128;
const LARGEST_INTEGER = 2n ** 53n - 1n;
const SIGNS: Readonly<Record<string, string>> = { "€": "EUR", $: "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "zł": "PLN", "Kč": "CZK" };

/** Writes a value as its box shows it: in the reader's way of writing, so that he can write it so himself. */
export function textOf(value: FieldValue, locale: string): string {
  const told = value.value;
  switch (told.case) {
    case "text":
    case "date":
      return told.value;
    case "time":
      return localMoment(timestampDate(told.value));
    case "integer":
      return told.value.toString();
    case "number":
      return new Intl.NumberFormat(locale, { maximumFractionDigits: 15, useGrouping: false }).format(told.value);
    case "money":
      return formatsOf(locale).money(told.value.amount, told.value.currency);
    default:
      return "";
  }
}

/** Reads what somebody wrote into a box; nothing takes the value away. */
export function valueFrom(field: Field, text: string, locale: string): Reading {
  const written = text.trim();
  if (written === "") return { value: withValue(field, { case: undefined }) };
  switch (field.kind) {
    case FieldKind.INTEGER:
      return integerFrom(field, written, locale);
    case FieldKind.NUMBER: {
      const decimal = decimalFrom(written, locale);
      return decimal === null ? { mistake: "number" } : { value: withValue(field, { case: "number", value: Number(decimal) }) };
    }
    case FieldKind.MONEY:
      return moneyFrom(field, written, locale);
    case FieldKind.DATE:
      return { value: withValue(field, { case: "date", value: written }) };
    case FieldKind.DATE_TIME: {
      const moment = new Date(written);
      return Number.isNaN(moment.getTime()) ? { mistake: "moment" } : { value: withValue(field, { case: "time", value: timestampFromDate(moment) }) };
    }
    case FieldKind.URL:
      return /^(https?|ftp|file):\/\/\S+$|^mailto:\S+$/i.test(written) ? { value: withText(field, written) } : urlFrom(field, written);
    case FieldKind.EMAIL:
      return /^[^@\s<>"]{1,64}@[^@\s<>"]{1,255}$/.test(written) ? { value: withText(field, written) } : { mistake: "email" };
    case FieldKind.TEXT:
      return Array.from(written).length > LONGEST_LINE ? { mistake: "long" } : { value: withText(field, written) };
    default:
      return { value: withText(field, field.kind === FieldKind.LONG_TEXT ? text : written) };
  }
}

export function withValue(field: Pick<Field, "name">, value: Told): FieldValue {
  return create(FieldValueSchema, { field: field.name, value });
}

export function withText(field: Pick<Field, "name">, text: string): FieldValue {
  return withValue(field, text === "" ? { case: undefined } : { case: "text", value: text });
}

/** Gives a decimal with a point, as "1234.5", from how the reader's language writes it; null for what is none. */
export function decimalFrom(text: string, locale: string): string | null {
  const parts = new Intl.NumberFormat(locale).formatToParts(-12_345.6);
  const point = parts.find(({ type }) => type === "decimal")?.value ?? ".";
  const group = parts.find(({ type }) => type === "group")?.value ?? ",";
  const bare = text.replace(/[\s\u00a0\u202f']/g, "").replace("−", "-");
  const decimal = bare.split(group).join("").replace(point, ".");
  if (/^-?\d+(\.\d+)?$/.test(decimal) && isGrouped(bare, group, point)) return decimal;
  // Who writes 12.30 where a comma is usual means what it looks like.
  return /^-?\d+\.\d{1,2}$/.test(bare) ? bare : null;
}

/** Tells whether each group has three digits, so that "12.30" is not read as 1230 where points part groups. */
function isGrouped(text: string, group: string, point: string): boolean {
  const [whole = ""] = text.replace("-", "").split(point);
  return whole.split(group).every((digits, place) => (place === 0 ? digits.length > 0 : digits.length === 3));
}

function integerFrom(field: Field, written: string, locale: string): Reading {
  const decimal = decimalFrom(written, locale);
  if (decimal === null || decimal.includes(".")) return { mistake: "integer" };
  const integer = BigInt(decimal);
  const isTooLarge = integer > LARGEST_INTEGER || integer < -LARGEST_INTEGER;
  return isTooLarge ? { mistake: "integer" } : { value: withValue(field, { case: "integer", value: integer }) };
}

function moneyFrom(field: Field, written: string, locale: string): Reading {
  const sign = Object.keys(SIGNS).find((each) => written.includes(each));
  const code = /[A-Za-z]{3}/.exec(written)?.[0].toUpperCase();
  const currency = sign === undefined ? (code ?? field.currency) : (SIGNS[sign] ?? "");
  const decimal = decimalFrom(written.replace(sign ?? /[A-Za-z]{3}/, ""), locale);
  if (decimal === null || !/^-?\d{1,15}(\.\d{1,2})?$/.test(decimal)) return { mistake: "money" };
  return { value: withValue(field, { case: "money", value: { amount: decimal, currency } }) };
}

function urlFrom(field: Field, written: string): Reading {
  return /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(written) ? { value: withText(field, `https://${written}`) } : { mistake: "url" };
}

/** As boxes for a day and a time take it: without a zone, in the reader's own. */
function localMoment(moment: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
