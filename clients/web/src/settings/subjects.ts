/** What there is to set, by whose business it is. Each room's code comes when somebody first goes there. */

import { lazyRouteComponent, type AsyncRouteComponent } from "@tanstack/react-router";
import { AlarmClock, BellRing, Bookmark, Cpu, HeartPulse, KeyRound, Link2, ListChecks, Mails, Palette, ScrollText, Tags, TextCursorInput, Upload, UserCog, UserRound, Users, Workflow, type LucideIcon } from "lucide-react";

import type { WordId } from "@/words/words";

/** As useMay() tells it. */
export interface May {
  readonly edit: boolean;
  readonly add: boolean;
  readonly administer: boolean;
}

export interface Subject {
  /** In the address; its words are `settings.ID` and `settings.ID.about`. */
  readonly id: SubjectId;
  readonly icon: LucideIcon;
  /** Who finds it in the list; everybody when not said. */
  readonly may?: (may: May) => boolean;
  /** Draws a `Page`, whose title is the subject's. */
  readonly page: AsyncRouteComponent<object>;
}

export interface SubjectGroup {
  readonly word: WordId;
  readonly subjects: readonly Subject[];
}

type Told<Word> = Word extends `settings.${infer Id}.about` ? Id : never;
export type SubjectId = Told<WordId>;

// Who may add alone sees none of the archive, and no job.
const looks = (may: May): boolean => may.edit || !may.add;
const administers = (may: May): boolean => may.administer;

export const GROUPS: readonly SubjectGroup[] = [
  {
    word: "settings.mine",
    subjects: [
      { id: "account", icon: UserRound, page: lazyRouteComponent(() => import("@/settings/account/AccountPage"), "AccountPage") },
      { id: "appearance", icon: Palette, page: lazyRouteComponent(() => import("@/settings/appearance/AppearancePage"), "AppearancePage") },
      { id: "notifications", icon: BellRing, may: looks, page: lazyRouteComponent(() => import("@/settings/notifications/NotificationsPage"), "NotificationsPage") },
      { id: "tokens", icon: KeyRound, page: lazyRouteComponent(() => import("@/settings/tokens/TokensPage"), "TokensPage") },
    ],
  },
  {
    word: "settings.archive",
    subjects: [
      { id: "labels", icon: Tags, page: lazyRouteComponent(() => import("@/settings/catalog/LabelsPage"), "LabelsPage") },
      { id: "fields", icon: TextCursorInput, page: lazyRouteComponent(() => import("@/settings/fields/FieldsPage"), "FieldsPage") },
      { id: "workflows", icon: Workflow, may: (may) => may.edit, page: lazyRouteComponent(() => import("@/settings/workflows/WorkflowsPage"), "WorkflowsPage") },
      { id: "views", icon: Bookmark, page: lazyRouteComponent(() => import("@/settings/views/ViewsPage"), "ViewsPage") },
      { id: "sources", icon: Upload, may: (may) => may.edit, page: lazyRouteComponent(() => import("@/settings/sources/SourcesPage"), "SourcesPage") },
      { id: "mail", icon: Mails, may: (may) => may.edit, page: lazyRouteComponent(() => import("@/settings/mail/MailPage"), "MailPage") },
      { id: "shares", icon: Link2, may: (may) => may.edit, page: lazyRouteComponent(() => import("@/settings/shares/SharesPage"), "SharesPage") },
    ],
  },
  {
    word: "settings.people",
    subjects: [
      { id: "users", icon: UserCog, may: administers, page: lazyRouteComponent(() => import("@/settings/people/UsersPage"), "UsersPage") },
      { id: "groups", icon: Users, may: administers, page: lazyRouteComponent(() => import("@/settings/people/GroupsPage"), "GroupsPage") },
    ],
  },
  {
    word: "settings.running",
    subjects: [
      { id: "jobs", icon: ListChecks, may: looks, page: lazyRouteComponent(() => import("@/settings/jobs/JobsPage"), "JobsPage") },
      { id: "nodes", icon: Cpu, may: administers, page: lazyRouteComponent(() => import("@/settings/nodes/NodesPage"), "NodesPage") },
      { id: "tasks", icon: AlarmClock, may: administers, page: lazyRouteComponent(() => import("@/settings/running/TasksPage"), "TasksPage") },
      { id: "health", icon: HeartPulse, may: administers, page: lazyRouteComponent(() => import("@/settings/running/HealthPage"), "HealthPage") },
      { id: "audit", icon: ScrollText, may: administers, page: lazyRouteComponent(() => import("@/settings/audit/AuditPage"), "AuditPage") },
    ],
  },
];

/** Gives what somebody may use, without groups that would be empty. */
export function groupsFor(may: May, groups: readonly SubjectGroup[] = GROUPS): readonly SubjectGroup[] {
  return groups
    .map(({ word, subjects }) => ({ word, subjects: subjects.filter((subject) => subject.may?.(may) ?? true) }))
    .filter(({ subjects }) => subjects.length > 0);
}

export function subjectCalled(id: string, groups: readonly SubjectGroup[]): Subject | undefined {
  return groups.flatMap(({ subjects }) => subjects).find((subject) => subject.id === id);
}
