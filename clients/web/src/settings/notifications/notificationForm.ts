/** A notification as its form has it, and what is sent of it; pure. */

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Notification, NotificationSchema } from "@sdk/scriba/v1/notifications_pb.js";

import { type EventName, EVENTS, eventsCalled, wayCalled, type WayName, WAYS } from "@/settings/notifications/names";

export interface NotificationForm {
  readonly name: string;
  readonly events: readonly EventName[];
  readonly way: WayName;
  readonly url: string;
  /** Undefined where the one that is kept stays; the server never tells it. */
  readonly secret: string | undefined;
  readonly views: readonly string[];
  /** Digits. */
  readonly days: string;
}

const USUAL_DAYS = 7;
const MOST_DAYS = 366;

export const NEW_NOTIFICATION: NotificationForm = { name: "", events: ["failed", "attention"], way: "email", url: "", secret: "", views: [], days: String(USUAL_DAYS) };

export function formOf({ name, events, way, url, hasSecret, viewIds, dueDays }: Notification): NotificationForm {
  const named = eventsCalled(events);
  return {
    name,
    events: named,
    way: wayCalled(way),
    url,
    secret: hasSecret ? undefined : "",
    views: viewIds,
    days: String(named.includes("due") ? dueDays : USUAL_DAYS),
  };
}

/** Turns an event on or off; they stay in their order. */
export function withEvent(form: NotificationForm, event: EventName, isWanted: boolean): NotificationForm {
  const wanted = new Set(form.events);
  if (isWanted) wanted.add(event);
  else wanted.delete(event);
  return { ...form, events: eventsCalled([...wanted].map((name) => EVENTS[name])) };
}

export type Box = "name" | "events" | "url" | "secret" | "views" | "days";

/** Which boxes hold what cannot be sent. */
export function mistakesIn(form: NotificationForm, before: NotificationForm): readonly Box[] {
  const { name, events, way, url, views } = form;
  const wrong: Readonly<Record<Box, boolean>> = {
    name: name.trim() === "",
    events: events.length === 0,
    url: way !== "email" && !/^https?:\/\/\S+$/.test(url.trim()),
    secret: needsSecret(form, before),
    views: events.includes("view") && views.length === 0,
    days: events.includes("due") && daysFrom(form) === null,
  };
  return (Object.keys(wrong) as Box[]).filter((box) => wrong[box]);
}

/** Whether what is kept would go to another address: the server lets that happen to no secret. */
export function needsSecret(form: NotificationForm, before: NotificationForm): boolean {
  const isMoved = form.way !== before.way || form.url.trim() !== before.url.trim();
  return form.way !== "email" && form.secret === undefined && isMoved;
}

export function notificationFrom(form: NotificationForm): MessageInitShape<typeof NotificationSchema> {
  const { name, events, way, url, secret, views } = form;
  const isByMail = way === "email";
  return {
    name: name.trim(),
    events: events.map((event) => EVENTS[event]),
    way: WAYS[way],
    url: isByMail ? "" : url.trim(),
    viewIds: events.includes("view") ? [...views] : [],
    dueDays: events.includes("due") ? (daysFrom(form) ?? USUAL_DAYS) : 0,
    ...(isByMail ? { secret: "" } : secret !== undefined && { secret }),
  };
}

/** Names what one changed. */
export function changedPaths(before: NotificationForm, after: NotificationForm): string[] {
  const [was, is] = [notificationFrom(before), notificationFrom(after)];
  const paths = { name: "name", events: "events", way: "way", url: "url", viewIds: "view_ids", dueDays: "due_days" } as const;
  const changed = (Object.keys(paths) as (keyof typeof paths)[]).filter((part) => JSON.stringify(was[part]) !== JSON.stringify(is[part])).map((part) => paths[part]);
  const isSecretNew = is.secret !== undefined && is.secret !== was.secret;
  return isSecretNew || (after.way === "email" && before.way !== "email") ? [...changed, "secret"] : changed;
}

function daysFrom({ days }: NotificationForm): number | null {
  const number = /^\d{1,3}$/.test(days.trim()) ? Number(days) : MOST_DAYS + 1;
  return number <= MOST_DAYS ? number : null;
}
