/** Stacked bars over time, in the units of a drawing. */

import { scaleBand, scaleLinear } from "d3-scale";

export interface Layer {
  readonly name: string;
  /** One number for each period. */
  readonly amounts: readonly number[];
}

export interface Box {
  readonly layer: number;
  readonly y: number;
  readonly height: number;
}

export interface Bar {
  readonly period: string;
  readonly x: number;
  readonly width: number;
  readonly total: number;
  /** From the bottom up; layers without any are left out. */
  readonly boxes: readonly Box[];
}

export interface Tick {
  readonly amount: number;
  readonly y: number;
}

export interface Drawing {
  readonly bars: readonly Bar[];
  readonly ticks: readonly Tick[];
}

export interface Growth {
  readonly starts: readonly string[];
  readonly layers: readonly Layer[];
}

/** Leaves out the empty periods before the first that has something, but never shows fewer than some. */
export function sinceFirst({ starts, layers }: Growth, fewest: number): Growth {
  const first = starts.findIndex((_, place) => layers.some(({ amounts }) => (amounts[place] ?? 0) > 0));
  const from = Math.max(0, Math.min(first === -1 ? Infinity : first, starts.length - fewest));
  return { starts: starts.slice(from), layers: layers.map(({ name, amounts }) => ({ name, amounts: amounts.slice(from) })) };
}

const GAP = 0.2;
const MOST_TICKS = 4;

/** Lays bars of whole things beside each other; the highest has nearly the height. */
export function drawBars(periods: readonly string[], layers: readonly Layer[], width: number, height: number): Drawing {
  const totals = periods.map((_, place) => layers.reduce((sum, { amounts }) => sum + (amounts[place] ?? 0), 0));
  const across = scaleBand(periods, [0, width]).padding(GAP);
  const up = scaleLinear([0, Math.max(1, ...totals)], [height, 0]).nice(MOST_TICKS);
  const bars = periods.map((period, place) => ({
    period,
    x: across(period) ?? 0,
    width: across.bandwidth(),
    total: totals[place] ?? 0,
    boxes: stacked(layers.map(({ amounts }) => amounts[place] ?? 0)).map(({ layer, from, to }) => ({ layer, y: up(to), height: up(from) - up(to) })),
  }));
  const whole = up.ticks(MOST_TICKS).filter(Number.isInteger);
  return { bars, ticks: whole.map((amount) => ({ amount, y: up(amount) })) };
}

function stacked(amounts: readonly number[]): readonly { readonly layer: number; readonly from: number; readonly to: number }[] {
  let from = 0;
  const boxes = amounts.map((amount, layer) => ({ layer, from, to: (from += amount) }));
  return boxes.filter((box) => box.to > box.from);
}
