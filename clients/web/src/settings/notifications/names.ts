/** What the contract's values are called in the words of this room. */

import { NotificationEvent, NotificationWay } from "@sdk/scriba/v1/notifications_pb.js";

export const EVENTS = {
  failed: NotificationEvent.FAILED,
  attention: NotificationEvent.ATTENTION,
  view: NotificationEvent.VIEW,
  due: NotificationEvent.DUE,
} as const;
export const WAYS = {
  email: NotificationWay.EMAIL,
  ntfy: NotificationWay.NTFY,
  gotify: NotificationWay.GOTIFY,
  matrix: NotificationWay.MATRIX,
  json: NotificationWay.JSON,
} as const;

export type EventName = keyof typeof EVENTS;
export type WayName = keyof typeof WAYS;

export const EVENT_NAMES = Object.keys(EVENTS) as readonly EventName[];
export const WAY_NAMES = Object.keys(WAYS) as readonly WayName[];

/** Names a way; one that a newer server has goes by the plainest. */
export function wayCalled(way: NotificationWay): WayName {
  return WAY_NAMES.find((name) => WAYS[name] === way) ?? "json";
}

export function eventsCalled(events: readonly NotificationEvent[]): readonly EventName[] {
  return EVENT_NAMES.filter((name) => events.includes(EVENTS[name]));
}
