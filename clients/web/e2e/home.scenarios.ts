import type { BrowserContext } from "playwright-core";
import { expect } from "vitest";

import { type Document, DocumentService } from "../sdk/scriba/v1/documents_pb.js";
import { serviceOf } from "./archive.ts";
import { expectAccessible, open, scenario } from "./house.ts";

const NEWEST = 20;

/** Takes a document's type away for as long as `body` takes: its rule suggests it then. */
async function withoutType(context: BrowserContext, body: (document: Document) => Promise<void>): Promise<void> {
  const documents = await serviceOf(context, DocumentService);
  const listed = (await documents.listDocuments({ pageSize: NEWEST })).documents;
  const found = listed.find(({ documentType }) => documentType !== "");
  if (!found) throw new Error("no document has a type");
  const give = (documentType: string) => documents.updateDocument({ document: { id: found.id, documentType }, updateMask: { paths: ["document_type"] } });
  await give("");
  try {
    await body(found);
  } finally {
    await give(found.documentType);
  }
}

scenario("what needs attention leads to the documents that it counts", async (page) => {
  await open(page, "/");
  const card = page.getByRole("link", { name: /^\d+ documents in the inbox$/ });
  const count = parseInt(await card.innerText(), 10);
  await card.click();
  await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();
  await expect.poll(async () => Number(await page.getByRole("grid").getAttribute("aria-rowcount"))).toBe(count);
});

scenario("a bar leads to the documents of its month, and a part of it to those of its type", async (page) => {
  await open(page, "/");
  const chart = page.getByRole("figure", { name: "Documents over time" });
  const bar = chart.getByRole("link").last();
  const told = (await bar.getAttribute("aria-label")) ?? "";
  const [, total, type, ofType] = /: (\d+) \(([^,]+) (\d+)/.exec(told) ?? [];
  await bar.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL((address) => /^added:\d{4}-\d\d$/.test(address.searchParams.get("q") ?? ""));
  const found = () => page.getByRole("grid").getAttribute("aria-rowcount");
  await expect.poll(found).toBe(total);
  await page.goBack();
  await chart.locator("rect[data-layer='0']").last().click();
  await page.waitForURL((address) => (address.searchParams.get("q") ?? "").includes(` type:=${type ?? "?"}`));
  await expect.poll(found).toBe(ofType);
});

scenario("a suggestion is taken by one press at home, and undone", async (page, context) => {
  await withoutType(context, async ({ title, documentType }) => {
    await open(page, "/");
    const entry = page.getByRole("region", { name: "Suggestions" }).getByRole("listitem").filter({ has: page.getByRole("link", { name: title }) });
    const take = entry.getByRole("button", { name: new RegExp(`^Take “${documentType}”`) });
    await take.waitFor();
    await expectAccessible(page);
    await take.click();
    await take.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await take.waitFor();
  });
});

scenario("a viewer is told what waits, and is not asked to decide", async (page) => {
  await open(page, "/");
  await page.getByRole("heading", { name: "By type" }).waitFor();
  expect(await page.getByRole("heading", { name: "Suggestions" }).count()).toBe(0);
}, { as: "viewer" });
