/** Pictures of every page, as somebody sees it who is signed in, and of those that stand before. tests/browser/screenshots.py runs this. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "playwright-core";
import { test } from "vitest";

import { type Manner, newContext, open } from "../house.ts";
import { PAGES } from "../pages.ts";
import { EVIDENCE } from "../surroundings.ts";

const MANNERS: Readonly<Record<string, Manner>> = {
  light: {},
  dark: { dark: true },
  phone: { phone: true },
  "phone-dark": { phone: true, dark: true },
  german: { language: "de-DE" },
};
const DOORS = ["/sign-in", "/invitation"];
const STILL_MS = 600;

function nameOf(address: string): string {
  const name = address.replace(/^\/documents\/.+/, "document").replace(/\W+/g, "-");
  return name.replace(/^-|-$/g, "") || "home";
}

/** Waits until nothing on a page has changed for a while: thumbnails and pages come after it. */
async function untilStill(page: Page): Promise<void> {
  let before = await page.screenshot();
  for (let looks = 0; looks < 10; looks += 1) {
    await page.waitForTimeout(STILL_MS);
    const now = await page.screenshot();
    if (now.equals(before)) return;
    before = now;
  }
}

for (const [name, manner] of Object.entries(MANNERS)) {
  test(name, { timeout: 600_000 }, async () => {
    const folder = join(EVIDENCE, name);
    mkdirSync(folder, { recursive: true });
    for (const [addresses, as] of [[DOORS, null], [PAGES, manner.as ?? "admin"]] as const) {
      const context = await newContext({ ...manner, as });
      const page = await context.newPage();
      for (const address of addresses) {
        await open(page, address);
        await untilStill(page);
        await page.screenshot({ path: join(folder, `${nameOf(address)}.png`) });
      }
      await context.close();
    }
  });
}

/** Those that stand in docs/pictures: how each is reached, once its address is open. */
const SHOWN: readonly (readonly [name: string, address: string, manner: Manner, reach: (page: Page) => Promise<void>])[] = [
  ["library", "/documents", {}, (page) => page.getByRole("grid").getByRole("row").nth(5).waitFor()],
  ["document", "/documents?q=rechnung", { dark: true }, openFirstHit],
  ["phone", "/", { phone: true }, (page) => page.getByRole("figure").waitFor()],
];

async function openFirstHit(page: Page): Promise<void> {
  await page.getByRole("grid").getByRole("row").first().getByRole("link").first().click();
  const word = page.locator(".textLayer .highlight").first();
  await word.waitFor();
  // The viewer went to the word; the head of the letter belongs to the picture.
  await word.evaluate((found) => {
    for (let box = found.parentElement; box; box = box.parentElement) box.scrollTop = 0;
  });
}

test("readme", { timeout: 200_000 }, async () => {
  const folder = join(EVIDENCE, "readme");
  mkdirSync(folder, { recursive: true });
  for (const [name, address, manner, reach] of SHOWN) {
    const context = await newContext(manner);
    const page = await context.newPage();
    await open(page, address);
    await reach(page);
    await untilStill(page);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await context.close();
  }
});
