import { useId, useLayoutEffect, useRef } from "react";

import { useFormats } from "@/formats/formats";
import { drawBars, type Bar, type Growth, type Layer } from "@/home/growth/bars";
import { usePeriodNames, type PeriodName } from "@/home/growth/periods";
import { useWords } from "@/words/words";

import style from "./growth.module.css";

const WIDTH = 720;
const HEIGHT = 200;
const LEFT = 48;
const FOOT = 26;
// So many names fit beneath the bars.
const MOST_NAMES = 9;

interface GrowthChartProps extends Growth {
  readonly title: string;
  readonly period: PeriodName;
}

/** Stacked bars; each tells its figures to who points at it or goes there by keys. */
export function GrowthChart({ title, period, starts, layers }: GrowthChartProps) {
  const id = useId();
  const { count } = useFormats();
  const nameOf = usePeriodNames(period);
  const { bars, ticks } = drawBars(starts, layers, WIDTH - LEFT, HEIGHT);
  const figure = useRef<HTMLElement>(null);
  // Where there is no room for all, the newest are seen first.
  useLayoutEffect(() => {
    if (figure.current) figure.current.scrollLeft = figure.current.scrollWidth;
  }, [period, starts.length]);
  const step = Math.ceil(starts.length / MOST_NAMES);
  return (
    <figure ref={figure} className={style.chart} aria-labelledby={id}>
      <figcaption id={id} className="seen-by-readers-only">
        {title}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`} role="list" aria-labelledby={id}>
        {ticks.map(({ amount, y }) => (
          <g key={amount} aria-hidden className={style.tick}>
            <line x1={LEFT} x2={WIDTH} y1={y} y2={y} />
            <text x={LEFT - 8} y={y} dy="0.32em">
              {count(amount)}
            </text>
          </g>
        ))}
        {bars.map((bar, place) => (
          <BarGroup key={bar.period} bar={bar} layers={layers} place={place} name={nameOf(bar.period)} isNamed={(starts.length - 1 - place) % step === 0} />
        ))}
      </svg>
      <Legend layers={layers} />
    </figure>
  );
}

interface BarGroupProps {
  readonly bar: Bar;
  readonly layers: readonly Layer[];
  readonly place: number;
  readonly name: string;
  readonly isNamed: boolean;
}

function BarGroup({ bar, layers, place, name, isNamed }: BarGroupProps) {
  const say = useWords();
  const { count } = useFormats();
  const parts = bar.boxes.map(({ layer }) => `${layers[layer]?.name ?? ""} ${count(layers[layer]?.amounts[place] ?? 0)}`);
  const told = say("home.growth.bar", { period: name, total: bar.total, parts: parts.join(", ") });
  return (
    <g role="listitem" tabIndex={bar.total > 0 ? 0 : -1} aria-label={told} className={style.bar}>
      <title>{told}</title>
      <rect x={LEFT + bar.x} y={0} width={bar.width} height={HEIGHT} className={style.ground} />
      {bar.boxes.map(({ layer, y, height }) => (
        <rect key={layer} x={LEFT + bar.x} y={y} width={bar.width} height={height} data-layer={layer % 6} />
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
