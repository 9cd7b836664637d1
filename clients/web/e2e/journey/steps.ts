/** The steps of the whole way, each waiting for what a person would wait for. */

import { readFileSync } from "node:fs";
import { basename } from "node:path";

import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

import { newContext } from "../house.ts";
import { BASE_URL, passwordOf, type Scans } from "../surroundings.ts";

/** Reading takes its time where other tests read as well. */
const READING_MS = 120_000;

export const titleOf = (file: string): string => basename(file).replace(/\.\w+$/, "");
export const hitOf = (page: Page, title: string): Locator => page.getByRole("grid").getByRole("row", { name: title, exact: true });

export async function signInByPage(page: Page): Promise<void> {
  await page.goto("/");
  await page.waitForURL(/\/sign-in/);
  await page.getByLabel("Name").fill("editor");
  await page.getByLabel("Password", { exact: true }).fill(passwordOf("editor"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: /editor/ }).waitFor();
}

/** Drags files over the page and lets them go, as far as a program can. */
export async function drop(page: Page, files: readonly string[]): Promise<void> {
  const contents = files.map((file) => ({ name: basename(file), bytes: readFileSync(file).toString("base64") }));
  const dragged = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, bytes } of all) {
      const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([content], name, { type: name.endsWith(".pdf") ? "application/pdf" : "image/png" }));
    }
    return transfer;
  }, contents);
  await page.dispatchEvent("body", "dragenter", { dataTransfer: dragged });
  await page.getByText("Let go to add to the archive").waitFor();
  await page.dispatchEvent("body", "drop", { dataTransfer: dragged });
}

/** Sees each file in the strip until it is ready. */
export async function watchBeingRead(page: Page, { files }: Scans): Promise<void> {
  const strip = page.getByRole("region", { name: "At work now" });
  const unfold = strip.getByRole("button", { name: "Show what is at work" });
  await strip.waitFor();
  if (await unfold.isVisible()) await unfold.press("Enter");
  for (const file of files) {
    const row = strip.getByRole("listitem").filter({ has: page.getByRole("link", { name: titleOf(file) }) });
    await row.getByText("Ready", { exact: true }).waitFor({ timeout: READING_MS });
  }
}

/** Expects that the document is open at the second page, where the word of the search stands and is marked. */
export async function expectOpenAtTheWord(page: Page, { word, files }: Scans): Promise<void> {
  await page.getByRole("heading", { level: 1, name: titleOf(files[0] ?? "") }).waitFor();
  await page.waitForURL((address) => address.searchParams.get("page") === "2" && address.searchParams.get("q") === word);
  const marked = page.locator(".textLayer .highlight.selected");
  await marked.waitFor();
  expect((await marked.textContent())?.toLowerCase()).toContain(word);
  await expect.poll(() => isInView(marked), { timeout: 10_000 }).toBe(true);
  await page.getByRole("search").getByText("1 of 1").waitFor();
}

async function isInView(element: Locator): Promise<boolean> {
  return element.evaluate((each) => {
    const { top, bottom } = each.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
}

/** Expects that somebody without an account reads by the link what was shared, and nothing else. */
export async function expectLinkGives(address: string, title: string): Promise<void> {
  expect(address.startsWith(`${BASE_URL}/s/`), address).toBe(true);
  const context = await newContext({ as: null });
  const guest = await context.newPage();
  await guest.goto(address);
  await guest.getByText(title).first().waitFor();
  expect(await context.cookies()).toEqual([]);
  await guest.goto("/documents");
  await guest.waitForURL(/\/sign-in/);
  await context.close();
}

/** Expects that the way back shows nothing to whoever comes to the machine next. */
export async function expectNothingBehind(page: Page, titles: readonly string[]): Promise<void> {
  await page.getByText("You are signed out.").waitFor();
  await page.goBack();
  await page.waitForURL(/\/sign-in/);
  await page.getByLabel("Name").waitFor();
  for (const title of titles) expect(await page.getByText(title).count(), title).toBe(0);
}
