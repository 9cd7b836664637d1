/** Days as texts: as the server has them, and as people copy them from elsewhere. */

import { CalendarDate, CalendarDateTime, parseDate, parseDateTime } from "@internationalized/date";

export type Day = CalendarDate | CalendarDateTime;

/** Reads ISO 8601; null for nothing, and for what is none. */
export function dayFrom(iso: string, hasTime: boolean): Day | null {
  try {
    return hasTime ? parseDateTime(iso) : parseDate(iso.slice(0, 10));
  } catch {
    return null;
  }
}

/** Writes ISO 8601, the time to the minute; "" for none. */
export function isoOf(day: Day | null): string {
  if (day === null) return "";
  return "hour" in day ? day.toString().slice(0, 16) : day.toString();
}

/** Reads a day that somebody copied: ISO 8601, or figures in the order of the reader's language; null for what is none. */
export function copiedDay(text: string, locale: string): CalendarDate | null {
  const written = text.trim();
  if (/^\d{4}-\d{2}-\d{2}/.test(written)) return dayFrom(written, false) as CalendarDate | null;
  const figures = /^(\d{1,4})[./\s-]+(\d{1,2})[./\s-]+(\d{1,4})$/.exec(written)?.slice(1).map(Number);
  if (!figures) return null;
  const order = new Intl.DateTimeFormat(locale).formatToParts(0).flatMap(({ type }) => (type === "day" || type === "month" || type === "year" ? [type] : []));
  const part = (wanted: "day" | "month" | "year") => figures[order.indexOf(wanted)] ?? 0;
  const day = new CalendarDate(part("year"), part("month"), part("day"));
  // The calendar takes the nearest day for one that does not exist.
  const isReal = day.year === part("year") && day.month === part("month") && day.day === part("day") && day.year >= 1000;
  return isReal ? day : null;
}
