/** A rule as its form holds it; pure. */

import { create } from "@bufbuild/protobuf";
import { type MailRule, MailRuleSchema } from "@sdk/scriba/v1/mail_pb.js";

import { type ActionName, ACTIONS, type CorrespondentName, CORRESPONDENTS, nameOf, type ScopeName, SCOPES, type TitleName, TITLES } from "@/settings/mail/names";

export interface RuleDraft {
  readonly name: string;
  readonly enabled: boolean;
  /** "" for the inbox. */
  readonly folder: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  /** Digits; "0" for any age. */
  readonly days: string;
  readonly scope: ScopeName;
  /** Globs, one on a line: names of files may hold commas. */
  readonly include: string;
  readonly exclude: string;
  readonly inlineImages: boolean;
  readonly title: TitleName;
  readonly correspondentFrom: CorrespondentName;
  readonly correspondent: string;
  readonly tags: readonly string[];
  readonly documentType: string;
  readonly storagePath: string;
  /** A user's id, "" for nobody; undefined while it is nobody's choice: the caller's. */
  readonly owner: string | undefined;
  readonly action: ActionName;
  /** Of MOVE and TAG, each of which keeps its own while the other is chosen. */
  readonly moveTo: string;
  readonly keyword: string;
  readonly stop: boolean;
}

const USUAL_DAYS = 30;
const MOST_DAYS = 36_500;

export const NEW_RULE: RuleDraft = {
  name: "",
  enabled: true,
  folder: "",
  from: "",
  to: "",
  subject: "",
  body: "",
  days: String(USUAL_DAYS),
  scope: "attachments",
  include: "",
  exclude: "",
  inlineImages: false,
  title: "subject",
  correspondentFrom: "none",
  correspondent: "",
  tags: [],
  documentType: "",
  storagePath: "",
  owner: undefined,
  action: "read",
  moveTo: "",
  keyword: "",
  stop: false,
};

export function draftOf(rule: MailRule): RuleDraft {
  const { filters, actionParameter } = rule;
  const action = nameOf(ACTIONS, rule.action, "read");
  return {
    name: rule.name,
    enabled: !rule.disabled,
    folder: rule.folder,
    from: filters?.from ?? "",
    to: filters?.to ?? "",
    subject: filters?.subject ?? "",
    body: filters?.body ?? "",
    days: String(filters?.mostDays ?? USUAL_DAYS),
    scope: nameOf(SCOPES, rule.scope, "attachments"),
    include: (filters?.include ?? []).join("\n"),
    exclude: (filters?.exclude ?? []).join("\n"),
    inlineImages: rule.inlineImages,
    title: nameOf(TITLES, rule.title, "subject"),
    correspondentFrom: nameOf(CORRESPONDENTS, rule.correspondentFrom, "none"),
    correspondent: rule.correspondent,
    tags: rule.tags,
    documentType: rule.documentType,
    storagePath: rule.storagePath,
    owner: rule.ownerId,
    action,
    moveTo: action === "move" ? actionParameter : "",
    keyword: action === "tag" ? actionParameter : "",
    stop: rule.stop,
  };
}

/** What cannot be sent, by its box. */
export function mistakesIn({ days, action, moveTo, keyword, correspondentFrom, correspondent }: RuleDraft): Partial<Record<"days" | "moveTo" | "keyword" | "correspondent", true>> {
  return {
    ...(daysIn(days) === null && { days: true }),
    ...(action === "move" && moveTo.trim() === "" && { moveTo: true }),
    ...(action === "tag" && keyword.trim() === "" && { keyword: true }),
    ...(correspondentFrom === "fixed" && correspondent.trim() === "" && { correspondent: true }),
  };
}

export interface Kept {
  readonly id: string;
  readonly etag: string;
}

/** Writes the rule of an account, a new one where none is kept. */
export function ruleFrom(draft: RuleDraft, accountId: string, kept?: Kept): MailRule {
  const takesAttachments = draft.scope !== "mail";
  return create(MailRuleSchema, {
    ...(kept && { id: kept.id, etag: kept.etag }),
    name: draft.name.trim(),
    accountId,
    folder: draft.folder.trim(),
    filters: {
      from: draft.from.trim(),
      to: draft.to.trim(),
      subject: draft.subject.trim(),
      body: draft.body.trim(),
      include: takesAttachments ? globsIn(draft.include) : [],
      exclude: takesAttachments ? globsIn(draft.exclude) : [],
      mostDays: daysIn(draft.days) ?? USUAL_DAYS,
    },
    scope: SCOPES[draft.scope],
    inlineImages: takesAttachments && draft.inlineImages,
    title: TITLES[draft.title],
    correspondentFrom: CORRESPONDENTS[draft.correspondentFrom],
    correspondent: draft.correspondentFrom === "fixed" ? draft.correspondent.trim() : "",
    tags: [...draft.tags],
    documentType: draft.documentType,
    storagePath: draft.storagePath,
    ...(draft.owner !== undefined && { ownerId: draft.owner }),
    action: ACTIONS[draft.action],
    actionParameter: { move: draft.moveTo.trim(), tag: draft.keyword.trim(), nothing: "", read: "", flag: "", delete: "" }[draft.action],
    stop: draft.stop,
    disabled: !draft.enabled,
  });
}

const SHOWN = [
  "name",
  "folder",
  "filters",
  "scope",
  "inline_images",
  "title",
  "correspondent_from",
  "correspondent",
  "tags",
  "document_type",
  "storage_path",
  "action",
  "action_parameter",
  "stop",
  "disabled",
];

/** Names all that a form shows; the owner only where he is another now, since one who stays may be none of those that one may choose. */
export function maskOf(written: MailRule, kept: MailRule): string[] {
  return written.ownerId === kept.ownerId ? SHOWN : [...SHOWN, "owner_id"];
}

/** The paths of a draft's parts, as violations name them. */
const PATHS: Readonly<Partial<Record<keyof RuleDraft, string>>> = {
  from: "filters.from",
  to: "filters.to",
  subject: "filters.subject",
  body: "filters.body",
  days: "filters.most_days",
  include: "filters.include",
  exclude: "filters.exclude",
  inlineImages: "inline_images",
  correspondentFrom: "correspondent_from",
  documentType: "document_type",
  storagePath: "storage_path",
  owner: "owner_id",
  moveTo: "action_parameter",
  keyword: "action_parameter",
  enabled: "disabled",
};

/** What the server finds wrong, by the part that it belongs to; "" holds all that belongs to none. */
export type Faults = Readonly<Partial<Record<keyof RuleDraft | "", string>>>;

/** A part of the form, whose boxes write to the draft. */
export interface RulePartProps {
  readonly draft: RuleDraft;
  readonly faults: Faults;
  readonly onChange: (part: Partial<RuleDraft>) => void;
}

/** Puts violations at the parts of the draft that was sent. */
export function faultsOf(violations: Readonly<Record<string, string>>): Faults {
  const faults: Partial<Record<keyof RuleDraft | "", string>> = {};
  for (const [path, words] of Object.entries(violations)) {
    const parts = partsAt(path);
    for (const part of parts.length > 0 ? parts : ["" as const]) faults[part] = faults[part] === undefined ? words : `${faults[part]}; ${words}`;
  }
  return faults;
}

/** Leaves out what was wrong with parts that say something else by now. */
export function stillWrong(faults: Faults, sent: RuleDraft, draft: RuleDraft): Faults {
  return Object.fromEntries(Object.entries(faults).filter(([part]) => part === "" || sent[part as keyof RuleDraft] === draft[part as keyof RuleDraft]));
}

function partsAt(path: string): (keyof RuleDraft)[] {
  const told = path.replace(/^rule\./, "").replace(/\[.*$/, "");
  return (Object.keys(NEW_RULE) as (keyof RuleDraft)[]).filter((part) => (PATHS[part] ?? part) === told);
}

function globsIn(text: string): string[] {
  return text
    .split("\n")
    .map((glob) => glob.trim())
    .filter((glob) => glob !== "");
}

/** Gives 0 for any age, null for what is no number of days. */
function daysIn(text: string): number | null {
  if (!/^\d{1,5}$/.test(text.trim())) return null;
  const days = Number(text);
  return days <= MOST_DAYS ? days : null;
}
