/** Dates, sizes, money and numbers as readers of a language write them. */

import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { useMemo } from "react";
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

export interface Formats {
  /** A day as it stands on paper, ISO 8601 in; "" for none. */
  readonly day: (iso: string) => string;
  /** A moment, with the time of day. */
  readonly moment: (time: Timestamp | undefined) => string;
  /** How long ago or how soon: "3 hours ago". */
  readonly ago: (time: Timestamp | undefined, now: Date) => string;
  readonly size: (bytes: bigint | number) => string;
  readonly count: (number: bigint | number) => string;
  readonly percent: (share: number) => string;
  /** `amount` is a decimal, `currency` ISO 4217. */
  readonly money: (amount: string, currency: string) => string;
}

export function useFormats(): Formats {
  const { locale } = useIntl();
  return useMemo(() => formatsOf(locale), [locale]);
}

export function formatsOf(locale: string): Formats {
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const spans = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const counts = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: "percent" });
  return {
    day: (iso) => (iso === "" ? "" : days.format(new Date(`${iso}T00:00:00Z`))),
    moment: (time) => (time ? moments.format(timestampDate(time)) : ""),
    ago: (time, now) => (time ? spanOf(spans, (timestampDate(time).getTime() - now.getTime()) / KILO) : ""),
    size: (bytes) => sizeOf(locale, Number(bytes)),
    count: (number) => counts.format(number),
    percent: (share) => percents.format(share),
    money: (amount, currency) => moneyOf(locale, amount, currency),
  };
}

function spanOf(spans: Intl.RelativeTimeFormat, seconds: number): string {
  const [unit, length] = SECOND_STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? (["second", 1] as const);
  return spans.format(Math.round(seconds / length), unit);
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
