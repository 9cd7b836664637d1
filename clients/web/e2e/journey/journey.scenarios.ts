import type { Page } from "playwright-core";
import { expect } from "vitest";

import { type Manner, scenario } from "../house.ts";
import { type Scans, scansOf } from "../surroundings.ts";
import { drop, expectLinkGives, expectNothingBehind, expectOpenAtTheWord, hitOf, signInByPage, titleOf, watchBeingRead } from "./steps.ts";

const MANNER: Manner = { as: null, allowed: [/status of 401/], mostSeconds: 280 };

async function search(page: Page, { word, files }: Scans): Promise<void> {
  await page.getByRole("link", { name: "Documents", exact: true }).click();
  await page.getByRole("combobox", { name: /^Search in/ }).fill(word);
  const hit = hitOf(page, titleOf(files[0] ?? ""));
  await hit.waitFor();
  await expect.poll(() => page.getByRole("grid").getAttribute("aria-rowcount")).toBe("1");
  await hit.getByRole("link").first().click();
}

async function tag(page: Page, name: string, phone: boolean): Promise<void> {
  if (phone) await page.getByRole("tab", { name: "Details" }).first().click();
  await page.getByRole("combobox", { name: "Tags" }).click();
  await page.keyboard.type(name);
  await page.getByRole("option", { name: new RegExp(name) }).click();
  await page.getByRole("button", { name: `Remove ${name}` }).waitFor();
}

/** Gives all three a correspondent, and takes that back. */
async function editAllAndUndo(page: Page, who: string): Promise<void> {
  await page.goto(`/documents?q=title:${who}-*&layout=list`);
  for (const name of ["bill", "letter", "note"]) await hitOf(page, `${who}-${name}`).getByRole("checkbox").click();
  await page.getByText("3 selected").waitFor();
  await page.getByRole("button", { name: "Set", exact: true }).click();
  await page.getByRole("menuitem", { name: "Correspondent" }).click();
  await page.getByRole("combobox", { name: "Correspondent" }).fill(`House ${who}`);
  await page.getByRole("option", { name: new RegExp(`House ${who}`) }).click();
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByText("3 documents changed").waitFor();
  await hitOf(page, `${who}-note`).getByText(`House ${who}`).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Undone in 3 documents").waitFor();
  await hitOf(page, `${who}-note`).getByText(`House ${who}`).waitFor({ state: "detached" });
}

async function split(page: Page, title: string): Promise<void> {
  await hitOf(page, title).getByRole("link").first().click();
  await page.getByRole("region", { name: "Page 2 of 2" }).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Arrange pages" }).click();
  await page.getByRole("row", { name: "Page 2" }).click();
  await page.getByRole("button", { name: "Split before this page" }).click();
  await page.getByRole("button", { name: "Split into 2 documents" }).click();
  await page.getByText("2 documents were made.").waitFor();
}

async function share(page: Page, who: string): Promise<string> {
  await page.goto(`/documents?q=title:${who}-bill`);
  await hitOf(page, `${who}-bill`).getByRole("link").first().click();
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Share" }).click();
  await page.getByRole("button", { name: "Share by a link" }).click();
  await page.getByRole("button", { name: "Make the link" }).click();
  const address = await page.getByRole("region", { name: "Address of the link" }).locator("pre").textContent();
  await page.getByRole("button", { name: "Close" }).last().click();
  return address ?? "";
}

/** Takes files from where the system keeps them. */
async function choose(page: Page, files: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).click();
  await (await chooser).setFiles([...files]);
}

for (const phone of [false, true]) {
  const where = phone ? "on a phone" : "on a wide screen";
  const who = phone ? "phone" : "wide";

  scenario(
    `the whole way ${where}: sign in, add three scans, see them read, find a word, tag, edit all and undo, split, share, sign out`,
    async (page) => {
      const scans = scansOf(who);
      await signInByPage(page);
      await (phone ? choose : drop)(page, scans.files);
      await watchBeingRead(page, scans);
      await search(page, scans);
      await expectOpenAtTheWord(page, scans);
      await tag(page, `Garden ${who}`, phone);
      await editAllAndUndo(page, who);
      await split(page, `${who}-letter`);
      await expectLinkGives(await share(page, who), `${who}-bill`);
      await page.getByRole("button", { name: /editor: account and settings/ }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await expectNothingBehind(page, scans.files.map(titleOf));
    },
    { ...MANNER, phone },
  );
}
