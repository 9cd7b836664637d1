/** Dates, sizes, money and numbers as readers of a language write them. */

import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { useIntl } from "react-intl";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
const KILO = 1000;
const SECOND_STEPS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;
const SECOND = ["second", 1] as const;
const LENGTHS = [["day", 86_400], ["hour", 3_600], ["minute", 60], SECOND] as const;

export interface Formats {
  /** A day as it stands on paper, ISO 8601 in; "" for none. */
  readonly day: (iso: string) => string;
  /** A moment, with the time of day. */
  readonly moment: (time: Timestamp | undefined) => string;
  /** How long ago or how soon: "3 hours ago". */
  readonly ago: (time: Timestamp | undefined, now: Date) => string;
  /** How long something takes or took: "2 min 5 sec". */
  readonly span: (seconds: number) => string;
  readonly size: (bytes: bigint | number) => string;
  readonly count: (number: bigint | number) => string;
  /** To one place behind the point, where there is anything. */
  readonly amount: (number: number) => string;
  readonly percent: (share: number) => string;
  /** `amount` is a decimal, `currency` ISO 4217. */
  readonly money: (amount: string, currency: string) => string;
}

// Each row of a list asks for them, and what they are made of takes its time to make.
const made = new Map<string, Formats>();

export function useFormats(): Formats {
  return formatsOf(useIntl().locale);
}

export function formatsOf(locale: string): Formats {
  const formats = made.get(locale) ?? newFormats(locale);
  made.set(locale, formats);
  return formats;
}

function newFormats(locale: string): Formats {
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const spans = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const counts = new Intl.NumberFormat(locale);
  const amounts = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percents = new Intl.NumberFormat(locale, { style: "percent" });
  return {
    day: (iso) => (iso === "" ? "" : days.format(new Date(`${iso}T00:00:00Z`))),
    moment: (time) => (time ? moments.format(timestampDate(time)) : ""),
    ago: (time, now) => (time ? spanOf(spans, (timestampDate(time).getTime() - now.getTime()) / KILO) : ""),
    span: (seconds) => lengthOf(locale, seconds),
    size: (bytes) => sizeOf(locale, Number(bytes)),
    count: (number) => counts.format(number),
    amount: (number) => amounts.format(number),
    percent: (share) => percents.format(share),
    money: (amount, currency) => moneyOf(locale, amount, currency),
  };
}

function spanOf(spans: Intl.RelativeTimeFormat, seconds: number): string {
  const [unit, length] = SECOND_STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? (["second", 1] as const);
  return spans.format(Math.round(seconds / length), unit);
}

/** In the largest unit that fits, and the next below it. */
function lengthOf(locale: string, seconds: number): string {
  const whole = Math.max(Math.round(seconds), 0);
  const place = LENGTHS.findIndex(([, length]) => whole >= length);
  const [unit, length] = LENGTHS[place] ?? SECOND;
  const below = LENGTHS[place + 1];
  const parts: (readonly [string, number])[] = [[unit, Math.floor(whole / length)]];
  if (below) parts.push([below[0], Math.floor((whole % length) / below[1])]);
  return parts
    .filter(([, count], at) => at === 0 || count > 0)
    .map(([name, count]) => new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" }).format(count))
    .join(" ");
}

function sizeOf(locale: string, bytes: number): string {
  const power = Math.min(Math.max(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 0), UNITS.length - 1);
  const unit = UNITS[power] ?? "byte";
  const number = new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: power === 0 ? 0 : 1 });
  return number.format(bytes / KILO ** power);
}

function moneyOf(locale: string, amount: string, currency: string): string {
  const options = currency === "" ? { minimumFractionDigits: 2 } : { style: "currency" as const, currency };
  return new Intl.NumberFormat(locale, options).format(amount as Intl.StringNumericLiteral);
}
