import { expect } from "vitest";

import { expectAccessible, open, scenario } from "./house.ts";
import { PAGES } from "./pages.ts";

for (const phone of [false, true]) {
  const where = phone ? "on a phone" : "on a wide screen";

  scenario(
    `every page has one heading and one main part, fits, and is accessible ${where}`,
    async (page) => {
      for (const address of PAGES) {
        await open(page, address);
        expect(await page.getByRole("main").count(), address).toBe(1);
        expect(await page.getByRole("heading", { level: 1 }).count(), address).toBe(1);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), address).toBeLessThanOrEqual(0);
        await expectAccessible(page);
      }
    },
    { phone },
  );
}

scenario(
  "every page is accessible in the dark and in German",
  async (page) => {
    for (const address of PAGES) {
      await open(page, address);
      expect(await page.getAttribute("html", "lang")).toBe("de");
      await expectAccessible(page);
    }
  },
  { dark: true, language: "de-DE" },
);
