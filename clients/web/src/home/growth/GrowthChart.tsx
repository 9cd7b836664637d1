import { Link } from "@tanstack/react-router";
import { type RefObject, useId, useLayoutEffect, useRef, useState } from "react";

import { useFormats } from "@/formats/formats";
import { drawBars, type Bar, type Growth, type Layer } from "@/home/growth/bars";
import { queryOf, queryOfPeriod } from "@/home/growth/leading";
import { usePeriodNames, type PeriodName } from "@/home/growth/periods";
import { useWords } from "@/words/words";

import style from "./growth.module.css";

// In pixels.
const HEIGHT = 200;
const LEFT = 48;
const FOOT = 26;
const NAME = 76;
// Where there is less room, one scrolls: a finger must hit one bar and not its neighbour.
const NARROWEST_BAR = 30;

interface GrowthChartProps extends Growth {
  readonly title: string;
  readonly period: PeriodName;
}

/**
 * Stacked bars. Each tells its figures to who points at it or goes there by keys, and leads to its documents; a part of it leads to those of
 * its type, for which who uses no mouse has the table.
 */
export function GrowthChart({ title, period, starts, layers }: GrowthChartProps) {
  const id = useId();
  const { count } = useFormats();
  const nameOf = usePeriodNames(period);
  const figure = useRef<HTMLElement>(null);
  const width = Math.max(useRoomIn(figure), LEFT + starts.length * NARROWEST_BAR);
  const { bars, ticks } = drawBars(starts, layers, width - LEFT, HEIGHT);
  // Where there is no room for all, the newest are seen first.
  useLayoutEffect(() => {
    if (figure.current) figure.current.scrollLeft = figure.current.scrollWidth;
  }, [period, width]);
  const step = Math.ceil((starts.length * NAME) / (width - LEFT));
  return (
    <figure ref={figure} className={style.chart} aria-labelledby={id}>
      <figcaption id={id} className="seen-by-readers-only">
        {title}
      </figcaption>
      <svg width={width} height={HEIGHT + FOOT} role="list" aria-labelledby={id}>
        {ticks.map(({ amount, y }) => (
          <g key={amount} aria-hidden className={style.tick}>
            <line x1={LEFT} x2={width} y1={y} y2={y} />
            <text x={LEFT - 8} y={y} dy="0.32em">
              {count(amount)}
            </text>
          </g>
        ))}
        {bars.map((bar, place) => (
          <BarGroup key={bar.period} bar={bar} layers={layers} place={place} period={period} name={nameOf(bar.period)} isNamed={(starts.length - 1 - place) % step === 0} />
        ))}
      </svg>
      <Legend layers={layers} />
    </figure>
  );
}

/** Gives how many pixels stand inside of an element: drawn smaller than they are, names would not be read. */
function useRoomIn(element: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setRoom(Math.floor(entry?.contentRect.width ?? 0)));
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return room;
}

interface BarGroupProps {
  readonly bar: Bar;
  readonly layers: readonly Layer[];
  readonly place: number;
  readonly period: PeriodName;
  readonly name: string;
  readonly isNamed: boolean;
}

function BarGroup({ bar, layers, place, period, name, isNamed }: BarGroupProps) {
  const say = useWords();
  const { count } = useFormats();
  const amountOf = (layer: number) => `${layers[layer]?.name ?? ""} ${count(layers[layer]?.amounts[place] ?? 0)}`;
  const told = say("home.growth.bar", { period: name, total: bar.total, parts: bar.boxes.map(({ layer }) => amountOf(layer)).join(", ") });
  const ground = <rect x={LEFT + bar.x} y={0} width={bar.width} height={HEIGHT} className={style.ground} />;
  return (
    <g role="listitem" className={style.bar}>
      {bar.total > 0 ? (
        <Link to="/documents" search={{ q: queryOfPeriod(period, bar.period) }} preload={false} aria-label={told}>
          <title>{told}</title>
          {ground}
        </Link>
      ) : (
        <g role="img" aria-label={told}>{ground}</g>
      )}
      {bar.boxes.map(({ layer, y, height }) => (
        <Link key={layer} to="/documents" search={{ q: queryOf(period, bar.period, layers[layer]?.query ?? "") }} preload={false} tabIndex={-1} aria-hidden>
          <title>{`${name}: ${amountOf(layer)}`}</title>
          <rect x={LEFT + bar.x} y={y} width={bar.width} height={height} data-layer={layer % 6} />
        </Link>
      ))}
      {isNamed && (
        <text x={LEFT + bar.x + bar.width / 2} y={HEIGHT + FOOT - 6} aria-hidden>
          {name}
        </text>
      )}
    </g>
  );
}

function Legend({ layers }: { readonly layers: readonly Layer[] }) {
  return (
    <ul className={style.legend} aria-hidden>
      {layers.map(({ name }, layer) => (
        <li key={name} data-layer={layer % 6}>
          {name}
        </li>
      ))}
    </ul>
  );
}
