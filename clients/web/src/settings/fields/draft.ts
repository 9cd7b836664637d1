/** A custom field as somebody is about to make or change it; pure. */

import { create } from "@bufbuild/protobuf";
import { type Field, FieldKind, FieldSchema, type Field_Option as Option } from "@sdk/scriba/v1/catalog_pb.js";

import { hasOptions, isRead } from "@/settings/fields/kinds";

export interface OptionDraft {
  /** Tells options apart while they are written. */
  readonly key: string;
  /** "" for a new one; documents go by it, so that an option may be called otherwise. */
  readonly id: string;
  readonly name: string;
}

export interface FieldDraft {
  readonly kind: FieldKind;
  readonly name: string;
  readonly options: readonly OptionDraft[];
  readonly currency: string;
  readonly extraction: string;
  /** As it is written. */
  readonly reminderDays: string;
}

export const NEW_FIELD: FieldDraft = { kind: FieldKind.TEXT, name: "", options: [], currency: "", extraction: "", reminderDays: "" };

export function draftOf({ kind, name, options, currency, extraction, reminderDays }: Field): FieldDraft {
  return {
    kind,
    name,
    options: options.map(({ id, name: option }) => ({ key: id, id, name: option })),
    currency,
    extraction,
    reminderDays: reminderDays === 0 ? "" : String(reminderDays),
  };
}

/** Adds an option with a key that none has. */
export function withOption(options: readonly OptionDraft[]): OptionDraft[] {
  const used = new Set(options.map(({ key }) => key));
  let number = options.length;
  while (used.has(`new-${String(number)}`)) number += 1;
  return [...options, { key: `new-${String(number)}`, id: "", name: "" }];
}

/** Gives the options that are sent: those that were begun and never named are none. */
export function sentOptions({ kind, options }: Pick<FieldDraft, "kind" | "options">): readonly OptionDraft[] {
  return hasOptions(kind) ? options.filter(({ id, name }) => id !== "" || name.trim() !== "") : [];
}

/** Writes it for the server, without what a field of its kind does not have. */
export function fieldFrom(draft: FieldDraft, id = "", etag = ""): Field {
  const { kind, name, currency, extraction, reminderDays } = draft;
  return create(FieldSchema, {
    id,
    etag,
    kind,
    name: name.trim(),
    options: sentOptions(draft).map((option) => ({ id: option.id, name: option.name.trim() })),
    currency: kind === FieldKind.MONEY ? currency.trim().toUpperCase() : "",
    extraction: isRead(kind) ? extraction : "",
    reminderDays: kind === FieldKind.DATE ? (daysFrom(reminderDays) ?? 0) : 0,
  });
}

/** Reads a count of days, nothing being none; null for what is no count. */
export function daysFrom(text: string): number | null {
  const written = text.trim();
  return /^\d{0,6}$/.test(written) ? Number(written) : null;
}

/** Names what a change concerns; the kind of a field stays. */
export const MASK: readonly string[] = ["name", "options", "currency", "extraction", "reminder_days"];

/** Lists the options that documents would lose. */
export function lostOptions(field: Field, draft: FieldDraft): readonly Option[] {
  return field.options.filter(({ id }) => !draft.options.some((option) => option.id === id));
}

export interface Faults {
  readonly kind?: string;
  readonly name?: string;
  readonly options?: string;
  readonly currency?: string;
  readonly extraction?: string;
  readonly reminderDays?: string;
  /** By the keys of options. */
  readonly option: Readonly<Record<string, string>>;
  /** What no box is at fault for. */
  readonly others: readonly string[];
}

const BOXES: Readonly<Record<string, Exclude<keyof Faults, "option" | "others">>> = {
  "field.kind": "kind",
  "field.name": "name",
  "field.options": "options",
  "field.currency": "currency",
  "field.extraction": "extraction",
  "field.reminder_days": "reminderDays",
};

/** Puts what the server found wrong at the boxes that it is about. */
export function faultsOf(violations: Readonly<Record<string, string>>, draft: FieldDraft): Faults {
  const sent = sentOptions(draft);
  let faults: Faults = { option: {}, others: [] };
  for (const [path, words] of Object.entries(violations)) {
    const key = sent[Number(/^field\.options\[(\d+)\]/.exec(path)?.[1])]?.key;
    const box = BOXES[path];
    if (box) faults = { ...faults, [box]: words };
    else if (key !== undefined) faults = { ...faults, option: { ...faults.option, [key]: words } };
    else faults = { ...faults, others: [...faults.others, words] };
  }
  return faults;
}

/** Leaves out what was wrong with a box that says something else by now. */
export function stillWrong(faults: Faults, sent: FieldDraft, draft: FieldDraft): Faults {
  const { option, others, ...boxes } = faults;
  const same = Object.entries(boxes).filter(([box]) => sent[box as keyof typeof boxes] === draft[box as keyof typeof boxes]);
  const nameOf = (options: readonly OptionDraft[], key: string) => options.find((each) => each.key === key)?.name;
  const options = Object.entries(option).filter(([key]) => nameOf(sent.options, key) === nameOf(draft.options, key));
  return { ...Object.fromEntries(same), option: Object.fromEntries(options), others };
}
