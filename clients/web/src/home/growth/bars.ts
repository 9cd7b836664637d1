/** Stacked bars over time, in the units of a drawing. */

export interface Layer {
  readonly name: string;
  /** Finds its documents in the search box, whenever they came. */
  readonly query: string;
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
  return { starts: starts.slice(from), layers: layers.map((layer) => ({ ...layer, amounts: layer.amounts.slice(from) })) };
}

const GAP = 0.2;
const MOST_TICKS = 4;

/** Lays bars of whole things beside each other; the highest has nearly the height. */
export function drawBars(periods: readonly string[], layers: readonly Layer[], width: number, height: number): Drawing {
  const totals = periods.map((_, place) => layers.reduce((sum, { amounts }) => sum + (amounts[place] ?? 0), 0));
  const step = stepFor(Math.max(1, ...totals));
  const most = Math.ceil(Math.max(1, ...totals) / step);
  const up = (amount: number) => height - (amount / (most * step)) * height;
  const space = width / (periods.length + GAP);
  const bars = periods.map((period, place) => ({
    period,
    x: space * (place + GAP),
    width: space * (1 - GAP),
    total: totals[place] ?? 0,
    boxes: stacked(layers.map(({ amounts }) => amounts[place] ?? 0)).map(({ layer, from, to }) => ({ layer, y: up(to), height: up(from) - up(to) })),
  }));
  const ticks = Array.from({ length: most + 1 }, (_, place) => ({ amount: place * step, y: up(place * step) }));
  return { bars, ticks };
}

/** Gives the least of 1, 2, 5, 10, 20 … that leads to an amount in few steps. */
function stepFor(amount: number): number {
  const order = 10 ** Math.max(Math.floor(Math.log10(amount / MOST_TICKS)), 0);
  const factor = [1, 2, 5].find((each) => each * order * MOST_TICKS >= amount) ?? 10;
  return factor * order;
}

function stacked(amounts: readonly number[]): readonly { readonly layer: number; readonly from: number; readonly to: number }[] {
  let from = 0;
  const boxes = amounts.map((amount, layer) => ({ layer, from, to: (from += amount) }));
  return boxes.filter((box) => box.to > box.from);
}
