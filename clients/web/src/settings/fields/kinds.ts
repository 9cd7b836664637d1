/** The kinds of custom fields, as words call them. */

import { FieldKind } from "@sdk/scriba/v1/catalog_pb.js";

export type KindName = "text" | "long_text" | "url" | "email" | "date" | "date_time" | "boolean" | "integer" | "number" | "money" | "choice" | "choices" | "documents";

const KINDS: Readonly<Record<KindName, FieldKind>> = {
  text: FieldKind.TEXT,
  long_text: FieldKind.LONG_TEXT,
  date: FieldKind.DATE,
  date_time: FieldKind.DATE_TIME,
  money: FieldKind.MONEY,
  integer: FieldKind.INTEGER,
  number: FieldKind.NUMBER,
  boolean: FieldKind.BOOLEAN,
  choice: FieldKind.CHOICE,
  choices: FieldKind.CHOICES,
  documents: FieldKind.DOCUMENTS,
  url: FieldKind.URL,
  email: FieldKind.EMAIL,
};
/** In the order in which they are offered. */
export const KIND_NAMES = Object.keys(KINDS) as readonly KindName[];

export function kindNamed(name: KindName): FieldKind {
  return KINDS[name];
}

export function nameOfKind(kind: FieldKind): KindName {
  return KIND_NAMES.find((name) => KINDS[name] === kind) ?? "text";
}

export function hasOptions(kind: FieldKind): boolean {
  return kind === FieldKind.CHOICE || kind === FieldKind.CHOICES;
}

/** Tells whether the text of a document can say its value; it names no documents. */
export function isRead(kind: FieldKind): boolean {
  return kind !== FieldKind.DOCUMENTS;
}
