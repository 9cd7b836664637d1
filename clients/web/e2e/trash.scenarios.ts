import { Buffer } from "node:buffer";

import type { BrowserContext, Locator, Page } from "playwright-core";
import { expect } from "vitest";

import { DocumentService } from "../sdk/scriba/v1/documents_pb.js";
import { forget, serviceOf, takeIn } from "./archive.ts";
import { expectAccessible, open, scenario } from "./house.ts";
import { newWord } from "./papers.ts";

const row = (page: Page, title: string): Locator => page.getByRole("grid").getByRole("row", { name: title });

/** Throws papers away that nobody else has, for as long as `body` takes; gives what they are called. */
async function withTrashed(context: BrowserContext, count: number, body: (titles: readonly string[]) => Promise<void>): Promise<void> {
  const documents = await serviceOf(context, DocumentService);
  const titles = Array.from({ length: count }, () => newWord());
  const ids = await Promise.all(titles.map((title) => takeIn(context, `${title}.txt`, new Uint8Array(Buffer.from(`Thrown away: ${title}`)))));
  try {
    for (const id of ids) await documents.deleteDocument({ id });
    await body(titles);
  } finally {
    for (const id of ids) await forget(context, [id]).catch(() => undefined); // it may be gone already
  }
}

scenario("one of the trash is restored by a click, and thrown away again by the way back", async (page, context) => {
  await withTrashed(context, 2, async ([first = "", second = ""]) => {
    await open(page, "/trash?layout=list");
    await row(page, first).getByRole("checkbox").click();
    await page.getByRole("toolbar").getByRole("button", { name: "Restore", exact: true }).click();
    await page.getByText("1 document restored").waitFor();
    await row(page, first).waitFor({ state: "detached" });
    expect(await row(page, second).count()).toBe(1);
    await page.getByRole("button", { name: "Undo" }).click();
    await row(page, first).waitFor();
  });
});

scenario("all that lies in the trash is restored at once", async (page, context) => {
  await withTrashed(context, 3, async (titles) => {
    await open(page, "/trash?layout=list");
    await page.getByRole("button", { name: "Restore all" }).click();
    await page.getByText("3 documents restored").waitFor();
    await page.getByRole("heading", { name: "The trash is empty" }).waitFor();
    await open(page, "/documents?layout=list");
    for (const title of titles) await row(page, title).waitFor();
  });
});

scenario("what is removed for ever is named before, and what was not selected stays", async (page, context) => {
  await withTrashed(context, 2, async ([first = "", second = ""]) => {
    await open(page, "/trash?layout=list");
    await row(page, first).getByRole("checkbox").click();
    await page.getByRole("button", { name: "Remove for ever" }).click();
    const dialog = page.getByRole("dialog", { name: "Remove 1 document for ever?" });
    await dialog.getByText(/files, texts, notes and all versions are gone/).waitFor();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await row(page, first).count()).toBe(1);
    await page.getByRole("button", { name: "Remove for ever" }).click();
    await dialog.getByRole("button", { name: "Remove for ever" }).click();
    await page.getByText("1 document removed for ever").waitFor();
    await row(page, first).waitFor({ state: "detached" });
    await row(page, second).waitFor();
  });
});

scenario("the trash is emptied after a question that says what is lost", async (page, context) => {
  await withTrashed(context, 2, async () => {
    await open(page, "/trash?layout=list");
    await page.getByRole("button", { name: "Empty the trash" }).click();
    const dialog = page.getByRole("dialog", { name: "Remove 2 documents for ever?" });
    await dialog.getByText(/Nobody can bring them back/).waitFor();
    await dialog.getByRole("button", { name: "Remove for ever" }).click();
    await page.getByText("2 documents removed for ever").waitFor();
    await page.getByRole("heading", { name: "The trash is empty" }).waitFor();
  });
});

scenario("an editor restores, and finds nothing that removes for ever", async (page, context) => {
  const documents = await serviceOf(context, DocumentService);
  const [some] = (await documents.listDocuments({ pageSize: 1, orderBy: "title" })).documents;
  await documents.deleteDocument({ id: some?.id ?? "" });
  await open(page, "/trash?layout=list");
  await page.getByRole("button", { name: "Restore all" }).waitFor();
  expect(await page.getByRole("button", { name: "Empty the trash" }).count()).toBe(0);
  await row(page, some?.title ?? "").getByRole("checkbox").click();
  await page.getByRole("toolbar").getByRole("button", { name: "Restore", exact: true }).waitFor();
  expect(await page.getByRole("button", { name: "Remove for ever" }).count()).toBe(0);
  await page.getByRole("button", { name: "Restore all" }).click();
  await page.getByText("1 document restored").waitFor();
}, { as: "editor" });
