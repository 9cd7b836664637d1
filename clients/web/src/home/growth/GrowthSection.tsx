import { keepPreviousData } from "@tanstack/react-query";
import { useQuery } from "@connectrpc/connect-query";
import { AdminService, CountedBy, type GetGrowthResponse } from "@sdk/scriba/v1/admin_pb.js";
import { Link } from "@tanstack/react-router";
import { ChartColumn, Table2 } from "lucide-react";
import { useState } from "react";

import { useFormats } from "@/formats/formats";
import { type Growth, type Layer, sinceFirst } from "@/home/growth/bars";
import { GrowthChart } from "@/home/growth/GrowthChart";
import { queryOf, queryOfPeriod, queryOfSeries } from "@/home/growth/leading";
import { PERIODS, usePeriodNames, type PeriodName } from "@/home/growth/periods";
import { Button } from "@/parts/Button";
import { DataTable } from "@/parts/DataTable";
import { Picker } from "@/parts/Picker";
import { Loading, Problem } from "@/parts/states";
import { useWords } from "@/words/words";

import style from "./growth.module.css";

// So many bars at least, that they look like some.
const FEWEST = 6;
type Counted = "documents" | "pages";
const NAMES: readonly PeriodName[] = ["day", "week", "month", "year"];

/** How the archive has grown, by document type. */
export function GrowthSection() {
  const say = useWords();
  const [period, setPeriod] = useState<PeriodName>("month");
  const [counted, setCounted] = useState<Counted>("documents");
  const [isTable, setTable] = useState(false);
  const { data, error, refetch } = useQuery(
    AdminService.method.getGrowth,
    { period: PERIODS[period], by: CountedBy.ADDED },
    { placeholderData: keepPreviousData },
  );
  const growthOf = useGrowth();
  const growth = data && sinceFirst(growthOf(data, counted), FEWEST);
  return (
    <section className={style.section} aria-labelledby="growth">
      <header className={style.header}>
        <h2 id="growth">{say(`home.growth.${counted}`)}</h2>
        <div className={style.choices}>
          <Picker
            label={say("home.growth.counted")}
            value={counted}
            options={(["documents", "pages"] as const).map((value) => ({ value, text: say(`home.${value}`) }))}
            onChange={setCounted}
          />
          <Picker
            label={say("home.growth.period")}
            value={period}
            options={NAMES.map((value) => ({ value, text: say(`home.growth.${value}`) }))}
            onChange={setPeriod}
          />
          <Button icon={isTable ? ChartColumn : Table2} onPress={() => setTable(!isTable)}>
            {say(isTable ? "home.growth.as_chart" : "home.growth.as_table")}
          </Button>
        </div>
      </header>
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {growth &&
        (isTable ? <GrowthTable period={period} {...growth} /> : <GrowthChart title={say(`home.growth.${counted}`)} period={period} {...growth} />)}
    </section>
  );
}

interface GrowthTableProps extends Growth {
  readonly period: PeriodName;
}

function GrowthTable({ period, starts, layers }: GrowthTableProps) {
  const say = useWords();
  const { count } = useFormats();
  const nameOf = usePeriodNames(period);
  const rows = starts.map((start, place) => ({ start, place })).toReversed();
  return (
    <DataTable
      label={say("home.growth.documents")}
      rows={rows}
      keyOf={({ start }) => start}
      columns={[
        { id: "period", title: say("home.growth.period"), cell: ({ start }) => <Leading query={queryOfPeriod(period, start)} text={nameOf(start)} /> },
        ...layers.map(({ name, query, amounts }) => ({
          id: name,
          title: name,
          isNumber: true,
          cell: ({ start, place }: { start: string; place: number }) => {
            const amount = amounts[place] ?? 0;
            return amount === 0 ? count(0) : <Leading query={queryOf(period, start, query)} text={count(amount)} />;
          },
        })),
      ]}
    />
  );
}

function Leading({ query, text }: { readonly query: string; readonly text: string }) {
  return (
    <Link to="/documents" search={{ q: query }} preload={false} className={style.cell}>
      {text}
    </Link>
  );
}

function useGrowth(): (answer: GetGrowthResponse, counted: Counted) => Growth {
  const say = useWords();
  return ({ startDates, series }, counted) => ({
    starts: startDates,
    layers: series.map(
      ({ type, others, ...amounts }): Layer => ({
        name: type || say(others ? "home.growth.others" : "home.growth.without"),
        query: queryOfSeries({ type, others }, series),
        amounts: amounts[counted].map(Number),
      }),
    ),
  });
}
