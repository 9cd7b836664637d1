import type { BrowserContext, Locator, Page } from "playwright-core";
import { expect } from "vitest";

import { CatalogService, LabelKind } from "../sdk/scriba/v1/catalog_pb.js";
import { DocumentService } from "../sdk/scriba/v1/documents_pb.js";
import { serviceOf } from "./archive.ts";
import { expectAccessible, open, reach, scenario } from "./house.ts";

const TEMPLATES: Readonly<Record<string, string>> = { upper: "Shelf/Upper/{{ title }}", deep: "Shelf/Lower/Deep/{{ title }}" };

const folder = (page: Page, name: string): Locator => page.getByRole("treegrid", { name: /^All folders/ }).getByRole("row", { name: new RegExp(`^${name},`) });

/** Has a document in each of two folders for as long as `body` takes; gives their titles, that of the upper one first. */
async function withFolders(context: BrowserContext, body: (titles: readonly string[]) => Promise<void>): Promise<void> {
  const [catalog, documents] = [await serviceOf(context, CatalogService), await serviceOf(context, DocumentService)];
  const { documents: some } = await documents.listDocuments({ pageSize: 2, orderBy: "title" });
  const labels: { id: string; etag: string }[] = [];
  const putOn = (id: string, storagePath: string) => documents.updateDocument({ document: { id, storagePath }, updateMask: { paths: ["storage_path"] } });
  try {
    for (const [place, [name, template]] of Object.entries(TEMPLATES).entries()) {
      const { label } = await catalog.createLabel({ label: { kind: LabelKind.STORAGE_PATH, name, template } });
      if (label) labels.push(label);
      await putOn(some[place]?.id ?? "", name);
    }
    await body(some.map(({ title }) => title));
  } finally {
    for (const { id } of some) await putOn(id, "");
    for (const { id } of labels) await catalog.deleteLabel({ id });
  }
}

scenario("while no storage path has a template, the folders tell how they come about", async (page) => {
  await open(page, "/folders");
  await page.getByRole("heading", { name: "No folders yet" }).waitFor();
  await page.getByRole("link", { name: "Make a storage path" }).click();
  await page.getByRole("dialog", { name: "New storage path" }).getByRole("textbox", { name: "Template" }).waitFor();
});

scenario("the tree of folders is gone through by the keyboard alone, and the folder that is shown stands in the address", async (page, context) => {
  await withFolders(context, async ([, deep = ""]) => {
    await open(page, "/folders");
    await folder(page, "Shelf").getByText("2", { exact: true }).waitFor();
    await reach(page, folder(page, "Shelf"));
    await page.keyboard.press("ArrowRight");
    await folder(page, "Upper").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL((address) => address.searchParams.get("path") === "Shelf/Lower");
    await page.getByRole("navigation", { name: "Way to this folder" }).getByText("Lower").waitFor();
    await page.keyboard.press("ArrowRight");
    await folder(page, "Deep").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("list", { name: "Documents" }).getByRole("link", { name: deep }).waitFor();
    await page.reload();
    await expect.poll(() => folder(page, "Deep").getAttribute("aria-selected")).toBe("true");
    await expectAccessible(page);
    await page.goBack();
    await expect.poll(() => folder(page, "Lower").getAttribute("aria-selected")).toBe("true");
    await reach(page, folder(page, "Lower"));
    await page.keyboard.press("ArrowLeft");
    await folder(page, "Deep").waitFor({ state: "detached" });
  });
});

scenario("on a phone one goes down from folder to folder, and up by the way above them", async (page, context) => {
  await withFolders(context, async ([upper = ""]) => {
    await open(page, "/folders");
    expect(await page.getByRole("treegrid").count()).toBe(0);
    const folders = page.getByRole("list", { name: "Folders" });
    await folders.getByRole("link", { name: /^Shelf/ }).click();
    await folders.getByRole("link", { name: /^Upper/ }).click();
    await page.getByRole("list", { name: "Documents" }).getByRole("link", { name: upper }).waitFor();
    await expectAccessible(page);
    await page.getByRole("navigation", { name: "Way to this folder" }).getByRole("link", { name: "Shelf" }).click();
    await folders.getByRole("link", { name: /^Lower/ }).waitFor();
  });
}, { phone: true });
