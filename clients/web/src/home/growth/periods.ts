import { Period } from "@sdk/scriba/v1/admin_pb.js";
import { useMemo } from "react";
import { useIntl } from "react-intl";

export type PeriodName = "day" | "week" | "month" | "year";
export const PERIODS: Readonly<Record<PeriodName, Period>> = { day: Period.DAY, week: Period.WEEK, month: Period.MONTH, year: Period.YEAR };

const SHOWN: Readonly<Record<PeriodName, Intl.DateTimeFormatOptions>> = {
  day: { day: "numeric", month: "short" },
  week: { day: "numeric", month: "short" },
  month: { month: "short", year: "2-digit" },
  year: { year: "numeric" },
};

/** Gives a function that names a period by its first day, ISO 8601, as short as a bar is wide. */
export function usePeriodNames(period: PeriodName): (start: string) => string {
  const { locale } = useIntl();
  return useMemo(() => {
    const names = new Intl.DateTimeFormat(locale, { ...SHOWN[period], timeZone: "UTC" });
    return (start) => names.format(new Date(`${start}T00:00:00Z`));
  }, [locale, period]);
}
