import type { BrowserContext, Locator, Page } from "playwright-core";
import { expect } from "vitest";

import { DocumentService, FileKind } from "../sdk/scriba/v1/documents_pb.js";
import { forget, serviceOf, untilRead, withPaper } from "./archive.ts";
import { expectAccessible, open, reach, scenario } from "./house.ts";
import { paper } from "./paper.ts";

const NAMES = ["alder", "birch", "cedar", "dogwood"];
const trees = () => paper(NAMES.map((name) => `About the ${name}`));
const desk = (page: Page): Locator => page.getByRole("region", { name: "Arrange pages" });
const leaf = (page: Page, number: number): Locator => desk(page).getByRole("row", { name: `Page ${String(number)}` });
const tool = (page: Page, name: string): Locator => desk(page).getByRole("button", { name, exact: true });
const undo = (page: Page): Locator => page.getByRole("button", { name: "Undo", exact: true });

/** Opens a paper on the desk, and waits until its pages are drawn. */
async function toDesk(page: Page, id: string): Promise<void> {
  await open(page, `/documents/${id}`);
  await page.locator(".textLayer span").first().waitFor();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Arrange pages" }).click();
  for (const place of NAMES.keys()) await leaf(page, place + 1).locator("img").waitFor();
}

const order = (page: Page): Promise<(string | null)[]> => desk(page).getByRole("row").evaluateAll((leaves) => leaves.map((each) => each.getAttribute("aria-label")));
const ordered = (...numbers: readonly number[]): string[] => numbers.map((number) => `Page ${String(number)}`);

/** The trees in the order of the pages, as the archive has read the newest version. */
async function readTrees(context: BrowserContext, id: string): Promise<string[]> {
  const documents = await serviceOf(context, DocumentService);
  const chunks: Uint8Array[] = [];
  for await (const { part } of documents.downloadDocument({ id, kind: FileKind.TEXT })) if (part.case === "chunk") chunks.push(part.value);
  return [...Buffer.concat(chunks).toString("utf8").matchAll(/About the (\w+)/g)].map(([, name]) => name ?? "");
}

async function untilTrees(context: BrowserContext, id: string, names: readonly string[]): Promise<void> {
  await untilRead(context, id);
  await expect.poll(() => readTrees(context, id)).toEqual(names);
}

scenario("a page is turned, which makes a version, and undo turns it back", async (page, context) => {
  await withPaper(context, "trees.pdf", trees(), async (id) => {
    const picture = page.getByRole("navigation", { name: "Pages, small" }).getByRole("button", { name: "Page 2 of 4" }).locator("img");
    const isBroad = () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth > image.naturalHeight);
    await toDesk(page, id);
    await leaf(page, 2).click();
    await tool(page, "Turn right").click();
    await page.getByRole("button", { name: "Make this version" }).click();
    await page.getByText("A new version is made").waitFor();
    await expect.poll(isBroad).toBe(true);
    await undo(page).click();
    await page.getByText("The pages are as they were before.").waitFor();
    await expect.poll(isBroad).toBe(false);
  });
});

scenario("pages are put in another order by keys and by buttons", async (page, context) => {
  await withPaper(context, "trees.pdf", trees(), async (id) => {
    await toDesk(page, id);
    await reach(page, leaf(page, 1));
    await page.keyboard.press("Space");
    await page.getByText("1 page chosen").waitFor();
    await tool(page, "Move towards the end").press("Enter");
    await expect.poll(() => order(page)).toEqual(ordered(2, 1, 3, 4));
    await tool(page, "Take the last step back").press("Enter");
    await expect.poll(() => order(page)).toEqual(ordered(1, 2, 3, 4));
    await tool(page, "Move towards the end").press("Enter");
    await tool(page, "Move towards the end").press("Enter");
    await page.getByRole("button", { name: "Make this version" }).press("Enter");
    await page.getByText("A new version is made").waitFor();
    await untilTrees(context, id, ["birch", "cedar", "alder", "dogwood"]);
  });
});

scenario("a page is dragged to where it belongs", async (page, context) => {
  await withPaper(context, "trees.pdf", trees(), async (id) => {
    await toDesk(page, id);
    const target = await leaf(page, 1).boundingBox();
    await leaf(page, 3).locator("img").dragTo(leaf(page, 1), { targetPosition: { x: 4, y: (target?.height ?? 0) / 2 } });
    await expect.poll(() => order(page)).toEqual(ordered(3, 1, 2, 4));
    await expectAccessible(page);
    await page.getByRole("button", { name: "Cancel" }).click();
    await desk(page).waitFor({ state: "detached" });
  });
});

scenario("a page is left out, and an administrator's undo brings it back", async (page, context) => {
  await withPaper(context, "trees.pdf", trees(), async (id) => {
    await toDesk(page, id);
    await leaf(page, 4).click();
    await tool(page, "Leave out").click();
    await page.getByText("3 pages, 1 left out").waitFor();
    await page.getByRole("button", { name: "Make this version" }).click();
    await page.getByText("A new version is made").waitFor();
    await untilTrees(context, id, NAMES.slice(0, 3));
    await undo(page).click();
    await untilTrees(context, id, NAMES);
  });
});

/** Runs a step that makes documents, and gives their ids: those that were not there before. */
async function madeBy(context: BrowserContext, act: () => Promise<void>): Promise<string[]> {
  const documents = await serviceOf(context, DocumentService);
  const ids = async () => (await documents.listDocuments({ pageSize: 1000 })).documents.map((each) => each.id);
  const before = new Set(await ids());
  await act();
  return (await ids()).filter((id) => !before.has(id)).sort((one, other) => Number(one) - Number(other));
}

scenario("a document is cut in two, and undo brings it back and takes the parts away", async (page, context) => {
  await withPaper(context, "trees.pdf", trees(), async (id) => {
    const documents = await serviceOf(context, DocumentService);
    const isTrashed = async () => (await documents.getDocument({ id })).document?.deleteTime !== undefined;
    await toDesk(page, id);
    await leaf(page, 3).click();
    await tool(page, "Split before this page").click();
    await page.getByText("4 pages, 2 documents").waitFor();
    const parts = await madeBy(context, async () => {
      await page.getByRole("button", { name: "Split into 2 documents" }).click();
      await page.getByText("2 documents were made.").waitFor();
    });
    try {
      expect(parts).toHaveLength(2);
      expect(await isTrashed()).toBe(true);
      await untilTrees(context, parts[0] ?? "", NAMES.slice(0, 2));
      await untilTrees(context, parts[1] ?? "", NAMES.slice(2));
      await undo(page).click();
      await expect.poll(isTrashed).toBe(false);
      for (const part of parts) expect((await documents.getDocument({ id: part })).document?.deleteTime).toBeDefined();
    } finally {
      await forget(context, parts);
    }
  });
});

scenario("pages are copied out into a document of their own", async (page, context) => {
  await withPaper(context, "trees.pdf", trees(), async (id) => {
    await toDesk(page, id);
    await leaf(page, 2).click();
    await leaf(page, 4).click();
    await page.getByText("2 pages chosen").waitFor();
    const made = await madeBy(context, async () => {
      await tool(page, "Make a document of these pages").click();
      await page.getByText("1 document was made.").waitFor();
    });
    try {
      await untilTrees(context, made[0] ?? "", ["birch", "dogwood"]);
      expect(await readTrees(context, id)).toEqual(NAMES);
      await undo(page).click();
      const documents = await serviceOf(context, DocumentService);
      await expect.poll(async () => (await documents.getDocument({ id: made[0] ?? "" })).document?.deleteTime).toBeDefined();
    } finally {
      await forget(context, made);
    }
  });
});

scenario(
  "a locked PDF asks for its password, says when it is the wrong one, and then shows its pages",
  async (page, context) => {
    await withPaper(context, "locked.pdf", paper(["Behind the lock stands a hazel"], "open sesame"), async (id) => {
      await open(page, `/documents/${id}`);
      await page.getByRole("heading", { name: "This PDF is locked" }).waitFor();
      const password = page.getByLabel("Password of the file");
      await password.fill("sesame");
      await page.keyboard.press("Enter");
      await expect.poll(() => password.getAttribute("aria-invalid")).toBe("true");
      await expectAccessible(page);
      await password.fill("open sesame");
      await page.keyboard.press("Enter");
      await page.locator(".textLayer").getByText("hazel").waitFor();
    });
  },
  { allowed: [/status of 4/] },
);
