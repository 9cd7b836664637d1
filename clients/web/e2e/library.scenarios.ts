import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

import { DocumentService } from "../sdk/scriba/v1/documents_pb.js";
import { serviceOf } from "./archive.ts";
import { expectAccessible, open, scenario } from "./house.ts";

const box = (page: Page): Locator => page.getByRole("combobox", { name: /^Search in/ });
const rows = (page: Page): Locator => page.getByRole("grid").getByRole("row");

/** Opens a list and waits for its first document. */
async function openList(page: Page, address: string): Promise<void> {
  await open(page, address);
  await rows(page).first().waitFor();
  await page.locator("[role=row][aria-busy=true]").first().waitFor({ state: "detached" });
}

/** A word of the first document's title, which therefore finds something in any archive. */
async function wordOf(page: Page): Promise<string> {
  const title = (await rows(page).first().getAttribute("aria-label")) ?? "";
  return title.split(/[^\p{L}\p{N}]+/u).reduce((one, other) => (other.length > one.length ? other : one), "");
}

scenario("a search begins while one types, stands in the address, and the way back leads out of it", async (page) => {
  await openList(page, "/documents?layout=list");
  const word = await wordOf(page);
  const all = Number(await page.getByRole("grid").getAttribute("aria-rowcount"));
  await page.keyboard.press("/");
  await page.keyboard.type(word);
  await page.waitForURL((address) => address.searchParams.get("q") === word);
  await expect.poll(async () => Number(await page.getByRole("grid").getAttribute("aria-rowcount"))).toBeLessThan(all);
  await page.reload();
  await rows(page).first().waitFor();
  expect(await box(page).inputValue()).toBe(word);
});

scenario(
  "a query that cannot be read is marked where it is wrong, in words, and what was found stays",
  async (page) => {
    await openList(page, "/documents?layout=list");
    await box(page).fill("created:someday");
    await page.keyboard.press("Enter");
    await page.getByText(/"someday" is not a date/).waitFor();
    expect(await page.locator("code mark").innerText()).toBe("s");
    expect(await rows(page).count()).toBeGreaterThan(0);
    await expectAccessible(page);
  },
  { allowed: [/status of 400/] },
);

scenario("fields are completed from the keyboard", async (page) => {
  await openList(page, "/documents?layout=list");
  await box(page).focus();
  await page.keyboard.type("corresp");
  await page.getByRole("option", { name: "correspondent:" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  expect(await box(page).inputValue()).toBe("correspondent:");
});

scenario("a click on a filter narrows the list, and one on its chip widens it again", async (page) => {
  await openList(page, "/documents?layout=list");
  const all = await page.getByRole("grid").getAttribute("aria-rowcount");
  const value = page.getByRole("region", { name: "Filter" }).getByRole("button", { pressed: false }).first();
  const [name = "", count = ""] = (await value.innerText()).split("\n");
  await value.click();
  await page.getByRole("button", { name: `Remove ${name}` }).waitFor();
  await expect.poll(() => page.getByRole("grid").getAttribute("aria-rowcount")).toBe(count.trim());
  await page.getByRole("button", { name: `Remove ${name}` }).click();
  await expect.poll(() => page.getByRole("grid").getAttribute("aria-rowcount")).toBe(all);
});

scenario("the way back lets go of filters in the order in which they were picked", async (page) => {
  await openList(page, "/documents?layout=list");
  const count = async () => Number(await page.getByRole("grid").getAttribute("aria-rowcount"));
  const filter = page.getByRole("region", { name: "Filter" });
  const counts = [await count()];
  for (const field of ["Language", "Correspondent"]) {
    const value = filter.getByRole("list", { name: field }).getByRole("button", { pressed: false }).first();
    const [name = "", found = ""] = (await value.innerText()).split("\n");
    await value.click();
    await page.getByRole("button", { name: `Remove ${name}` }).waitFor();
    await expect.poll(count).toBe(Number(found));
    await filter.getByRole("button", { name, pressed: true }).waitFor();
    counts.push(Number(found));
  }
  expect(new Set(counts).size, "each filter leaves fewer").toBe(3);
  for (const before of counts.slice(0, -1).reverse()) {
    await page.goBack();
    await expect.poll(count).toBe(before);
  }
  expect(await page.getByRole("button", { name: /^Remove / }).count()).toBe(0);
  await page.goForward();
  await expect.poll(count).toBe(counts[1]);
});

scenario("a document leaves the inbox when its tag is taken away, and undo brings it back", async (page) => {
  await openList(page, "/inbox?layout=list&order=title");
  const title = (await rows(page).first().getAttribute("aria-label")) ?? "";
  await rows(page).first().getByRole("checkbox").click();
  await page.getByRole("toolbar").getByRole("button", { name: "Tags", exact: true }).click();
  await page.getByRole("option", { name: "inbox" }).waitFor();
  await page.keyboard.press("Tab");
  await page.getByRole("combobox", { name: "Take away" }).fill("inbox");
  await page.getByRole("option", { name: "inbox" }).click();
  await page.getByRole("button", { name: "Remove inbox" }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Change", exact: true }).click();
  await page.getByText("1 document changed").waitFor();
  await page.getByRole("row", { name: title, exact: true }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("row", { name: title, exact: true }).waitFor();
});

scenario("a field of one's own is given to several documents, and that is undone as a whole", async (page, context) => {
  const documents = await serviceOf(context, DocumentService);
  const some = (await documents.listDocuments({ pageSize: 2, orderBy: "title desc" })).documents;
  const numbers = () => Promise.all(some.map(async ({ id }) => (await documents.getDocument({ id })).document?.fields.find(({ field }) => field === "Customer number")?.value.value));
  const before = await numbers();
  await openList(page, "/documents?layout=table&order=title+desc");
  for (const place of [1, 2]) await rows(page).nth(place).getByRole("checkbox").click();
  await page.getByRole("toolbar").getByRole("button", { name: "Set" }).click();
  await page.getByRole("menuitem", { name: "A field of your own" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Value" }).fill("4711");
  await page.getByRole("dialog").getByRole("button", { name: "Change", exact: true }).click();
  await page.getByText("2 documents changed").waitFor();
  expect(await numbers()).toEqual(["4711", "4711"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Undone in 2 documents").waitFor();
  expect(await numbers()).toEqual(before);
});

scenario("documents are selected and tagged by the keyboard alone, and that is undone as a whole", async (page) => {
  await openList(page, "/documents?layout=list&order=title");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  await page.getByText("2 selected").waitFor();
  await page.getByRole("button", { name: "Tags", exact: true }).press("Enter");
  await page.getByRole("combobox", { name: "Add" }).pressSequentially("From a scenario");
  await page.getByRole("option", { name: /From a scenario/ }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "Remove From a scenario" }).waitFor();
  await page.getByRole("button", { name: "Change", exact: true }).press("Enter");
  await page.getByText("2 documents changed").waitFor();
  await rows(page).first().getByText("From a scenario").waitFor();
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await page.getByText("Undone in 2 documents").waitFor();
  await rows(page).first().getByText("From a scenario").waitFor({ state: "detached" });
});

scenario("what is deleted lies in the trash, and undo takes it back", async (page) => {
  await openList(page, "/documents?layout=table&order=title");
  const title = (await rows(page).nth(1).getAttribute("aria-label")) ?? "";
  await rows(page).nth(1).getByRole("checkbox").click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("1 document moved to the trash").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Undone in 1 document").waitFor();
  await expect.poll(() => rows(page).nth(1).getAttribute("aria-label")).toBe(title);
});

scenario("a head of the table puts documents in its order", async (page) => {
  await openList(page, "/documents?layout=table");
  await page.getByRole("button", { name: "Title" }).click();
  await page.waitForURL(/order=title/);
  await expect.poll(() => page.getByRole("columnheader", { name: "Title" }).getAttribute("aria-sort")).toBe("ascending");
  await expectAccessible(page);
});

scenario("somebody who may only look finds nothing to select or to change", async (page) => {
  await openList(page, "/documents?layout=list");
  expect(await page.getByRole("checkbox").count()).toBe(0);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  expect(await page.getByRole("toolbar").count()).toBe(0);
}, { as: "viewer" });

scenario("on a phone the filters come in a sheet", async (page) => {
  await openList(page, "/documents?layout=cards");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("dialog", { name: "Filter" }).getByRole("button", { pressed: false }).first().waitFor();
  await expectAccessible(page);
}, { phone: true });
