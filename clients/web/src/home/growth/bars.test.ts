import { expect, test } from "vitest";

import { drawBars, sinceFirst } from "@/home/growth/bars";

const PERIODS = ["2026-01-01", "2026-02-01", "2026-03-01"];
const LAYERS = [
  { name: "Bill", query: "", amounts: [2, 0, 4] },
  { name: "Letter", query: "", amounts: [2, 0, 1] },
];

test("layers stand on each other, from the bottom up, without a gap", () => {
  const [first] = drawBars(PERIODS, LAYERS, 300, 100).bars;
  const [bill, letter] = first?.boxes ?? [];
  if (!bill || !letter) throw new Error("two layers have something in January");
  expect(bill.y + bill.height).toBe(100);
  expect(letter.y + letter.height).toBeCloseTo(bill.y);
});

test("heights are to each other as amounts are", () => {
  const { bars } = drawBars(PERIODS, LAYERS, 300, 100);
  const heights = bars.map(({ boxes }) => boxes.reduce((sum, { height }) => sum + height, 0));
  expect(bars.map(({ total }) => total)).toEqual([4, 0, 5]);
  expect((heights[0] ?? 0) / (heights[2] ?? 1)).toBeCloseTo(4 / 5);
  expect(bars[1]?.boxes).toEqual([]);
});

test("bars lie in the drawing, one beside the other", () => {
  const { bars } = drawBars(PERIODS, LAYERS, 300, 100);
  const edges = bars.flatMap(({ x, width }) => [x, x + width]);
  expect(edges).toEqual(edges.toSorted((one, other) => one - other));
  expect([Math.min(...edges) >= 0, Math.max(...edges) <= 300]).toEqual([true, true]);
});

test("few lines stand at round amounts, the last of them at or above the highest bar", () => {
  const linesFor = (amount: number) => drawBars(["2026-01-01"], [{ name: "", query: "", amounts: [amount] }], 100, 100).ticks.map((tick) => tick.amount);
  expect(linesFor(4)).toEqual([0, 1, 2, 3, 4]);
  expect(linesFor(5)).toEqual([0, 2, 4, 6]);
  expect(linesFor(103)).toEqual([0, 50, 100, 150]);
  expect(linesFor(84_231)).toEqual([0, 50_000, 100_000]);
});

test("nobody counts half a document", () => {
  expect(drawBars(["2026-01-01"], [{ name: "", query: "", amounts: [1] }], 100, 100).ticks.map(({ amount }) => amount)).toEqual([0, 1]);
  expect(drawBars(PERIODS, [], 100, 100).ticks.map(({ amount }) => amount)).toEqual([0, 1]);
});

test("empty periods before the first are left out, those after it are not", () => {
  const layers = [{ name: "Bill", query: "", amounts: [0, 0, 3, 0, 1] }, { name: "Letter", query: "", amounts: [0, 1, 0, 0, 0] }];
  const starts = ["a", "b", "c", "d", "e"];
  expect(sinceFirst({ starts, layers }, 2)).toEqual({
    starts: ["b", "c", "d", "e"],
    layers: [{ name: "Bill", query: "", amounts: [0, 3, 0, 1] }, { name: "Letter", query: "", amounts: [1, 0, 0, 0] }],
  });
});

test("a young archive still shows some periods, so that one can see that it is young", () => {
  const layers = [{ name: "Bill", query: "", amounts: [0, 0, 0, 2] }];
  expect(sinceFirst({ starts: ["a", "b", "c", "d"], layers }, 3).starts).toEqual(["b", "c", "d"]);
  expect(sinceFirst({ starts: ["a", "b"], layers: [] }, 3).starts).toEqual(["a", "b"]);
  expect(sinceFirst({ starts: ["a", "b", "c", "d"], layers: [] }, 3).starts).toEqual(["b", "c", "d"]);
});
