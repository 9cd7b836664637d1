/** Where a bar leads to: the queries that find what it counts. */

import type { GetGrowthResponse_Series } from "@sdk/scriba/v1/admin_pb.js";

import type { PeriodName } from "@/home/growth/periods";
import { both, written } from "@/library/terms";

const LETTERS_OF_YEAR = 4;
const LETTERS_OF_MONTH = 7;
const DAY_MILLISECONDS = 86_400_000;

/** Finds what came in within the period that begins on a day, ISO 8601. */
export function queryOfPeriod(period: PeriodName, start: string): string {
  switch (period) {
    case "day":
      return `added:${start}`;
    case "week":
      return `added:[${start} to ${dayAfter(start, 6)}]`;
    case "month":
      return `added:${start.slice(0, LETTERS_OF_MONTH)}`;
    case "year":
      return `added:${start.slice(0, LETTERS_OF_YEAR)}`;
  }
}

/** Finds what one of several series counts: a type, none, or all others that have one. */
export function queryOfSeries(series: Pick<GetGrowthResponse_Series, "type" | "others">, all: readonly Pick<GetGrowthResponse_Series, "type">[]): string {
  if (series.type !== "") return written({ field: "type", value: series.type });
  if (!series.others) return "NOT type:*";
  const named = all.flatMap(({ type }) => (type === "" ? [] : [`NOT ${written({ field: "type", value: type })}`]));
  return ["type:*", ...named].join(" ");
}

export function queryOf(period: PeriodName, start: string, series: string): string {
  return both(queryOfPeriod(period, start), series);
}

function dayAfter(start: string, days: number): string {
  return new Date(Date.parse(`${start}T00:00:00Z`) + days * DAY_MILLISECONDS).toISOString().slice(0, start.length);
}
