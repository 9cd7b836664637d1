/** What a person waits for in an archive of 100,000 documents, as the browser's own clock has it. tests/bench/web.py runs this. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "playwright-core";
import { test } from "vitest";

import { newContext } from "../house.ts";
import { EVIDENCE } from "../surroundings.ts";

const WORDS = JSON.parse(process.env["WORDS"] ?? "[]") as string[];
const STARTS = 5;
const FRAME_MS = 1000 / 60;
const WHEELS = 120;

declare global {
  interface Window {
    lastEnter: number;
    interactions: Map<number, number>;
    frameGaps: number[];
  }
}

/** Notes when Enter was pressed, how long each interaction took until its paint, and how far frames are apart. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.lastEnter = 0;
    window.interactions = new Map();
    window.frameGaps = [];
    addEventListener("keydown", (event) => { if (event.key === "Enter") window.lastEnter = event.timeStamp; }, { capture: true });
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries() as PerformanceEventTiming[]) {
        if (interactionId) window.interactions.set(interactionId, Math.max(duration, window.interactions.get(interactionId) ?? 0));
      }
    }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
}

/** Waits until another list than one that began with `before` was painted; gives the moment. */
function painted(page: Page, before: string): Promise<number> {
  return page.evaluate(
    (former) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const first = document.querySelector('[role="row"][aria-busy="false"]')?.getAttribute("aria-label") ?? "";
          const isThere = first !== "" && first !== former && !document.querySelector("[data-stale]");
          // The second frame begins when the first, which has the list, is painted.
          if (isThere) requestAnimationFrame(resolve);
          else requestAnimationFrame(look);
        };
        look();
      }),
    before,
  );
}

const firstRow = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector('[role="row"][aria-busy="false"]')?.getAttribute("aria-label") ?? "");

function quantile(times: readonly number[], part: number): number {
  return [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
}

async function startTimes(): Promise<number[]> {
  const times: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const context = await newContext();
    const page = await context.newPage();
    await page.goto("/documents?layout=table", { waitUntil: "commit" });
    times.push(await painted(page, ""));
    await context.close();
  }
  return times;
}

async function searchTimes(page: Page): Promise<number[]> {
  const box = page.getByRole("main").getByRole("combobox").first();
  const times: number[] = [];
  for (const word of WORDS) {
    const before = await firstRow(page);
    await box.fill("");
    await box.pressSequentially(word);
    const isPainted = painted(page, before);
    await page.keyboard.press("Enter");
    times.push((await isPainted) - (await page.evaluate(() => window.lastEnter)));
  }
  await page.keyboard.press("Escape");
  return times.filter((time) => time > 0); // a list that was there before Enter, since one had paused in typing
}

async function frameTimes(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    let before = performance.now();
    const count = (now: number) => {
      window.frameGaps.push(now - before);
      before = now;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await page.mouse.move(600, 500);
  for (let wheel = 0; wheel < WHEELS; wheel += 1) {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(FRAME_MS);
  }
  return page.evaluate(() => window.frameGaps.slice(1));
}

test("the library", { timeout: 600_000 }, async () => {
  const starts = await startTimes();
  const context = await newContext();
  const page = await context.newPage();
  await watch(page);
  await page.goto("/documents?layout=table");
  await painted(page, "");
  const searches = await searchTimes(page);
  await page.goto("/documents?layout=table");
  await painted(page, "");
  for (let step = 0; step < 60; step += 1) await page.keyboard.press("j");
  const interactions = await page.evaluate(() => [...window.interactions.values()]);
  const frames = await frameTimes(page);
  const figures = {
    first_list_ms: quantile(starts, 0.5),
    enter_to_painted_p50_ms: quantile(searches, 0.5),
    enter_to_painted_p90_ms: quantile(searches, 0.9),
    interaction_p50_ms: quantile(interactions, 0.5),
    interaction_p98_ms: quantile(interactions, 0.98),
    scroll_frame_p50_ms: quantile(frames, 0.5),
    scroll_frame_p99_ms: quantile(frames, 0.99),
  };
  writeFileSync(join(EVIDENCE, "figures.json"), JSON.stringify(figures));
  await context.close();
});
