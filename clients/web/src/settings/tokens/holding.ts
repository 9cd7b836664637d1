/** How long a new token holds. */

import { timestampFromDate, type Timestamp } from "@bufbuild/protobuf/wkt";

export type Holding = "month" | "quarter" | "year" | "ever";
export const HOLDINGS: readonly Holding[] = ["month", "quarter", "year", "ever"];

const DAYS = { month: 30, quarter: 90, year: 365 } as const;
const DAY_MILLISECONDS = 86_400_000;

/** Nothing for a token that holds until it is revoked. */
export function endOf(holding: Holding, now: Date): Timestamp | undefined {
  return holding === "ever" ? undefined : timestampFromDate(new Date(now.getTime() + DAYS[holding] * DAY_MILLISECONDS));
}
