/** Where on the page the server's violations belong; pure. */

import type { ActionDraft, WorkflowDraft } from "@/settings/workflows/draft";

/**
 * What is wrong, by its place: "name", "triggers", "actions", or of one trigger or action "triggers/KEY/PATH", where a path is as in the
 * contract, but values of fields and new passwords go by their own names and keys.
 */
export type Faults = Readonly<Record<string, string>>;

export type FaultAt = (box: string) => string | undefined;

export const TRIGGER_BOXES: readonly string[] = [
  "kind",
  "sources",
  "path",
  "filename",
  "matching",
  "pattern",
  "tags",
  "correspondents",
  "document_types",
  "storage_paths",
  "field_query",
  "schedule.date",
  "schedule.field",
  "schedule.offset_days",
  "schedule.every_days",
];

const LABELS = ["tags", "correspondents", "document_types", "storage_paths"];

export const ACTION_BOXES: Readonly<Record<ActionDraft["case"], readonly string[]>> = {
  assign: ["title", "tags", "correspondent", "document_type", "storage_path", "fields"].map((box) => `assign.${box}`),
  remove: [...LABELS, "fields"].map((box) => `remove.${box}`),
  fillField: ["field", "pattern", "template"].map((box) => `fill_field.${box}`),
  email: ["to", "subject", "body"].map((box) => `email.${box}`),
  webhook: ["url", "params", "body", "headers", "kept_headers"].map((box) => `webhook.${box}`),
  removePassword: ["passwords", "kept"].map((box) => `remove_password.${box}`),
  trash: [],
};

const LISTED = /^workflow\.(triggers|actions)\[(\d+)\]\.?(.*)$/;

/** Puts violations at the places of the draft that was sent. */
export function faultsOf(violations: Readonly<Record<string, string>>, draft: WorkflowDraft): Faults {
  return Object.fromEntries(Object.entries(violations).map(([path, words]) => [placeOf(path, draft), words]));
}

function placeOf(path: string, draft: WorkflowDraft): string {
  const [, list, number = "", rest = ""] = LISTED.exec(path) ?? [];
  if (list !== "triggers" && list !== "actions") return path.replace(/^workflow\./, "");
  const action = list === "actions" ? draft.actions[Number(number)] : undefined;
  const key = list === "actions" ? action?.key : draft.triggers[Number(number)]?.key;
  return key === undefined ? list : `${list}/${key}/${action ? ownName(rest, action) : rest}`;
}

/** Names a row of an action by what it is, so that it is found again once others before it have gone. */
function ownName(path: string, action: ActionDraft): string {
  const row = Number(/\[(\d+)\]$/.exec(path)?.[1]);
  const name = action.case === "assign" && path.startsWith("assign.fields[") ? action.value.fields[row]?.field : undefined;
  const key = action.case === "removePassword" && path.startsWith("remove_password.passwords[") ? action.value.passwords[row]?.key : undefined;
  if (name !== undefined) return `assign.fields/${name}`;
  return key === undefined ? path : `remove_password.passwords/${key}`;
}

/** Gives what is wrong at a place, or with a part of what stands there. */
export function faultAt(faults: Faults, place: string): string | undefined {
  const words = Object.entries(faults).flatMap(([path, each]) => (isWithin(path, place) ? [each] : []));
  return words.length === 0 ? undefined : [...new Set(words)].join("; ");
}

/** Gives a function that finds what is wrong with a box of one trigger or action. */
export function faultsAt(faults: Faults, place: string): FaultAt {
  return (box) => faultAt(faults, `${place}/${box}`);
}

/** Gives what is wrong at a place and shown at none of its boxes. */
export function otherFaults(faults: Faults, place: string, boxes: readonly string[]): string[] {
  return Object.entries(faults).flatMap(([path, words]) => {
    const isHere = path.startsWith(`${place}/`);
    return isHere && !boxes.some((box) => isWithin(path, `${place}/${box}`)) ? [words] : [];
  });
}

/** Gives what is wrong and belongs to no place of the page. */
export function homelessFaults(faults: Faults): string[] {
  return Object.entries(faults).flatMap(([path, words]) => (/^(name|triggers|actions)(\/|$)/.test(path) ? [] : [words]));
}

/** Leaves out what was wrong with boxes that say something else by now. */
export function stillWrong(faults: Faults, sent: WorkflowDraft, draft: WorkflowDraft): Faults {
  const changed = changedPlaces(sent, draft);
  const hasOtherLength = (path: string) => (path === "triggers" || path === "actions") && sent[path].length !== draft[path].length;
  return Object.fromEntries(Object.entries(faults).filter(([path]) => !hasOtherLength(path) && !changed.some((place) => isWithin(path, place))));
}

/** What the boxes of a schedule are called in the contract. */
const SCHEDULED: Readonly<Record<string, string>> = {
  date: "schedule.date",
  dateField: "schedule.field",
  isBefore: "schedule.offset_days",
  offsetDays: "schedule.offset_days",
  everyDays: "schedule.every_days",
};

function changedPlaces(sent: WorkflowDraft, draft: WorkflowDraft): string[] {
  const triggers = draft.triggers.flatMap((trigger) => {
    const before = sent.triggers.find(({ key }) => key === trigger.key);
    return before ? [...changedIn(before, trigger), ...changedIn(before.labels, trigger.labels)].map((name) => `triggers/${trigger.key}/${SCHEDULED[name] ?? inContract(name)}`) : [];
  });
  const actions = draft.actions.flatMap((action) => {
    const before = sent.actions.find(({ key }) => key === action.key);
    if (!before || before.case === "trash" || action.case === "trash") return [];
    return changedIn(before.value, action.value).map((name) => `actions/${action.key}/${inContract(action.case)}.${inContract(name)}`);
  });
  return [...(sent.name === draft.name ? [] : ["name"]), ...triggers, ...actions];
}

function changedIn(before: object, after: object): string[] {
  return Object.entries(after).flatMap(([name, value]) => (value === (before as Readonly<Record<string, unknown>>)[name] ? [] : [name]));
}

function inContract(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function isWithin(path: string, place: string): boolean {
  return path === place || (path.startsWith(place) && /^[[./]/.test(path.slice(place.length)));
}
