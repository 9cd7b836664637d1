import { readFileSync } from "node:fs";

import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

import { withPaper } from "./archive.ts";
import { open, scenario } from "./house.ts";
import { paper } from "./paper.ts";

const PAGES = Array.from({ length: 12 }, (_, place) => {
  const told = place === 1 || place === 8 ? "The heron stands in the reeds." : "Nothing but reeds stands here.";
  return `Leaf ${String(place + 1)} of the notebook\n${told}${place === 6 ? "\nOnly here a quokkasaurus was seen." : ""}`;
});

const notebook = () => paper(PAGES);
const box = (page: Page): Locator => page.getByRole("toolbar", { name: "Page and size" }).getByRole("textbox", { name: "Page" });
const strip = (page: Page): Locator => page.getByRole("navigation", { name: "Pages, small" });
const sheet = (page: Page, number: number): Locator => page.locator(`.page[data-page-number="${String(number)}"]`);
const rows = (page: Page): Locator => page.getByRole("grid").getByRole("row");

/** Waits until a page is drawn with its text. */
async function untilDrawn(page: Page, number: number): Promise<void> {
  await sheet(page, number).locator(".textLayer span").first().waitFor();
}

async function toPages(page: Page, id: string, search = ""): Promise<void> {
  await open(page, `/documents/${id}${search}`);
  await untilDrawn(page, Number(new URLSearchParams(search).get("page") ?? 1));
}

scenario("a search leads to the page that has the word, where it is marked and in sight", async (page, context) => {
  await withPaper(context, "notebook.pdf", notebook(), async (id) => {
    await open(page, "/documents?q=quokkasaurus&layout=list");
    await rows(page).first().getByRole("link").first().click();
    await page.waitForURL((address) => address.pathname === `/documents/${id}` && address.searchParams.get("q") === "quokkasaurus");
    await untilDrawn(page, 7);
    const mark = page.locator(".textLayer .highlight").first();
    await mark.waitFor();
    expect((await mark.textContent())?.toLowerCase()).toContain("quokkasaurus");
    await expect.poll(() => mark.evaluate((element) => element.getBoundingClientRect().top > 0 && element.getBoundingClientRect().bottom < innerHeight)).toBe(true);
    await expect.poll(() => box(page).inputValue()).toBe("7");
    await page.getByRole("search").getByText("1 of 1").waitFor();
    await strip(page).getByRole("button", { name: "Page 7 of 12" }).and(page.locator("[aria-current=page]")).waitFor();
  });
});

scenario("text on a page is selected and copied as on paper", async (page, context) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await withPaper(context, "notebook.pdf", notebook(), async (id) => {
    await toPages(page, id);
    await sheet(page, 1).getByText("Leaf 1 of the notebook").click({ clickCount: 3 });
    await page.keyboard.press("Control+c");
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("Leaf 1 of the notebook");
  });
});

scenario("words are found in the document by its own key, one after the other", async (page, context) => {
  await withPaper(context, "notebook.pdf", notebook(), async (id) => {
    await toPages(page, id);
    await page.keyboard.press("Control+f");
    const find = page.getByRole("textbox", { name: "Find in this document" });
    await expect.poll(() => find.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type("heron");
    await page.getByText("1 of 2").waitFor();
    await expect.poll(() => box(page).inputValue()).toBe("2");
    await page.keyboard.press("Enter");
    await page.getByText("2 of 2").waitFor();
    await expect.poll(() => box(page).inputValue()).toBe("9");
    await page.keyboard.press("Escape");
    await find.waitFor({ state: "detached" });
    await page.locator(".textLayer .highlight").first().waitFor({ state: "detached" });
  });
});

scenario("the list of keys names those of the document as they are printed", async (page, context) => {
  await withPaper(context, "notebook.pdf", notebook(), async (id) => {
    await toPages(page, id);
    await page.keyboard.press("Shift+?");
    const list = page.getByRole("dialog", { name: "Keyboard" });
    await list.getByText("Ctrl+F", { exact: true }).waitFor();
    expect(await list.innerText()).not.toContain("$");
  });
});

scenario("pages are made larger and smaller, and fitted, by keys and by choice", async (page, context) => {
  await withPaper(context, "notebook.pdf", notebook(), async (id) => {
    await toPages(page, id);
    const width = async () => (await sheet(page, 1).boundingBox())?.width ?? 0;
    const fitted = await width();
    await page.keyboard.press("+");
    await expect.poll(width).toBeGreaterThan(fitted * 1.05);
    await page.keyboard.press("0");
    await expect.poll(width).toBeCloseTo(fitted, 0);
    await page.getByRole("button", { name: /Size/ }).click();
    await page.getByRole("option", { name: "50%", exact: true }).click();
    await expect.poll(width).toBeLessThan(fitted * 0.9);
    await page.keyboard.press("Escape");
    await page.getByRole("region", { name: "Pages" }).focus();
    await page.keyboard.press("w");
    const room = await page.getByRole("region", { name: "Pages" }).evaluate((element) => element.clientWidth);
    await expect.poll(width).toBeGreaterThan(room * 0.9);
  });
});

scenario("pages are turned over by keys, the small ones follow, the address names the page, and back leads out", async (page, context) => {
  await withPaper(context, "notebook.pdf", notebook(), async (id) => {
    await open(page, "/documents?q=quokkasaurus&layout=list");
    await rows(page).first().waitFor();
    await toPages(page, id);
    await page.keyboard.press("ArrowRight");
    await page.waitForURL((address) => address.searchParams.get("page") === "2");
    await page.keyboard.press("ArrowRight");
    await page.waitForURL((address) => address.searchParams.get("page") === "3");
    await page.keyboard.press("ArrowLeft");
    await page.waitForURL((address) => address.searchParams.get("page") === "2");
    await box(page).fill("11");
    await page.keyboard.press("Enter");
    const eleventh = strip(page).getByRole("button", { name: "Page 11 of 12" });
    await eleventh.and(page.locator("[aria-current=page]")).waitFor();
    expect(await eleventh.evaluate((element) => element.getBoundingClientRect().bottom <= innerHeight + 1)).toBe(true);
    await page.reload();
    await untilDrawn(page, 11);
    expect(await box(page).inputValue()).toBe("11");
    await strip(page).getByRole("button", { name: "Page 10 of 12" }).click();
    await expect.poll(() => box(page).inputValue()).toBe("10");
    await page.goBack();
    await page.waitForURL((address) => address.pathname === "/documents");
  });
});

scenario("the next document of the list is one key away, and back leads to the list", async (page) => {
  await open(page, "/documents?layout=list&order=title");
  const titles = await Promise.all([0, 1].map((place) => rows(page).nth(place).getAttribute("aria-label")));
  await rows(page).first().getByRole("link").first().click();
  const name = (title: string | null | undefined) => page.getByRole("heading", { level: 1, name: title ?? "", exact: true });
  await name(titles[0]).waitFor();
  await page.keyboard.press("j");
  await name(titles[1]).waitFor();
  await page.getByText(/^2 of \d+$/).waitFor();
  await page.getByRole("button", { name: "Document before" }).click();
  await name(titles[0]).waitFor();
  expect(await page.getByRole("button", { name: "Document before" }).isDisabled()).toBe(true);
  await page.goBack();
  await page.waitForURL((address) => address.pathname === "/documents");
});

scenario("all pages are printed, and nothing else", async (page, context) => {
  await withPaper(context, "notebook.pdf", notebook(), async (id) => {
    // A browser without a window has no printer to choose.
    await page.addInitScript(() => {
      window.print = () => {
        document.documentElement.setAttribute("data-printed", "");
      };
    });
    await toPages(page, id);
    await page.keyboard.press("Control+p");
    await page.locator("[data-printed]").waitFor();
    const printed = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    expect(printed.match(/\/Type\s*\/Page\b/g)?.length).toBe(PAGES.length);
  });
});

scenario("a document is downloaded as it came, under its name", async (page, context) => {
  await withPaper(context, "notebook.pdf", notebook(), async (id) => {
    await toPages(page, id);
    await page.getByRole("button", { name: "More actions" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Download the original" }).click()]);
    expect(download.suggestedFilename()).toBe("notebook.pdf");
    expect(readFileSync(await download.path()).equals(notebook())).toBe(true);
  });
});

scenario("a text is shown as it is, and what is looked for is marked in it", async (page, context) => {
  await withPaper(context, "notebook.txt", new TextEncoder().encode("<b>reeds</b>\nand reeds"), async (id) => {
    await open(page, `/documents/${id}?q=reeds`);
    await page.getByText("<b>").waitFor();
    await page.getByText("1 of 2").waitFor();
    expect(await page.locator("mark").allInnerTexts()).toEqual(["reeds", "reeds"]);
  });
});
