import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

import { reach, scenario } from "../house.ts";
import { passwordOf, scansOf } from "../surroundings.ts";
import { expectLinkGives, expectNothingBehind, expectOpenAtTheWord, hitOf, titleOf, watchBeingRead } from "./steps.ts";

/** Goes on by Tab to something, and presses Enter there. */
async function choose(page: Page, wanted: Locator, key = "Tab"): Promise<void> {
  await wanted.waitFor();
  await reach(page, wanted, key);
  await page.keyboard.press("Enter");
}

async function fromMenu(page: Page, menu: string, item: string): Promise<void> {
  await choose(page, page.getByRole("button", { name: menu, exact: true }));
  await choose(page, page.getByRole("menuitem", { name: item, exact: true }), "ArrowDown");
}

/** Finds by a query what has a title, and stands there in the list. */
async function find(page: Page, query: string, title: string): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.getByRole("heading", { level: 1, name: "Documents" }).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(query);
  await page.keyboard.press("Enter");
  await page.waitForURL((address) => address.searchParams.get("q") === query);
  await hitOf(page, title).waitFor();
  await reach(page, hitOf(page, title));
}

/** Types a name into a box that has the focus, and takes what it offers first. */
async function take(page: Page, name: string): Promise<void> {
  await page.keyboard.type(name);
  await page.getByRole("option", { name: new RegExp(name) }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
}

async function signIn(page: Page): Promise<void> {
  await page.goto("/");
  await page.waitForURL(/\/sign-in/);
  await reach(page, page.getByLabel("Name"));
  await page.keyboard.type("editor");
  await reach(page, page.getByLabel("Password", { exact: true }));
  await page.keyboard.type(passwordOf("editor"));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: /editor/ }).waitFor();
}

async function add(page: Page, files: readonly string[]): Promise<void> {
  await page.keyboard.press("a");
  const chooser = page.waitForEvent("filechooser");
  await choose(page, page.getByRole("button", { name: "Choose files" }));
  await (await chooser).setFiles([...files]);
}

async function tag(page: Page, name: string): Promise<void> {
  await reach(page, page.getByRole("combobox", { name: "Tags" }));
  await take(page, name);
  await page.getByRole("button", { name: `Remove ${name}` }).waitFor();
  await reach(page, page.getByRole("button", { name: `Remove ${name}` }));
}

async function editAllAndUndo(page: Page): Promise<void> {
  await find(page, "title:keys-*", "keys-note");
  await page.keyboard.press("Control+a");
  await page.getByText("3 selected").waitFor();
  await fromMenu(page, "Set", "Correspondent");
  await page.getByRole("dialog").waitFor();
  await take(page, "House keys");
  await choose(page, page.getByRole("button", { name: "Change", exact: true }));
  await page.getByText("3 documents changed").waitFor();
  await hitOf(page, "keys-note").getByText("House keys").waitFor();
  const notice = page.getByRole("alertdialog").filter({ hasText: "3 documents changed" });
  await choose(page, notice.getByRole("button", { name: "Undo" }));
  await page.getByText("Undone in 3 documents").waitFor();
  await hitOf(page, "keys-note").getByText("House keys").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
}

async function split(page: Page): Promise<void> {
  await find(page, "title:keys-letter", "keys-letter");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "Page 2 of 2" }).waitFor({ state: "attached" });
  await fromMenu(page, "More actions", "Arrange pages");
  await reach(page, page.getByRole("row", { name: "Page 1" }));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await page.getByText("1 page chosen").waitFor();
  await choose(page, page.getByRole("button", { name: "Split before this page" }), "Shift+Tab");
  await choose(page, page.getByRole("button", { name: "Split into 2 documents" }));
  await page.getByText("2 documents were made.").waitFor();
}

async function share(page: Page): Promise<string> {
  await find(page, "title:keys-bill", "keys-bill");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "keys-bill" }).waitFor();
  await fromMenu(page, "More actions", "Share");
  await choose(page, page.getByRole("button", { name: "Share by a link" }));
  await choose(page, page.getByRole("button", { name: "Make the link" }));
  const address = await page.getByRole("region", { name: "Address of the link" }).locator("pre").textContent();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  return address ?? "";
}

scenario(
  "the whole way by the keyboard alone: sign in, add three scans, see them read, find a word, tag, edit all and undo, split, share, sign out",
  async (page) => {
    const scans = scansOf("keys");
    await signIn(page);
    await add(page, scans.files);
    await watchBeingRead(page, scans);
    await find(page, scans.word, "keys-letter");
    expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe("1");
    await page.keyboard.press("Enter");
    await expectOpenAtTheWord(page, scans);
    await tag(page, "Keys garden");
    await editAllAndUndo(page);
    await split(page);
    await expectLinkGives(await share(page), "keys-bill");
    await fromMenu(page, "editor: account and settings", "Sign out");
    await expectNothingBehind(page, scans.files.map(titleOf));
  },
  { as: null, allowed: [/status of 401/], mostSeconds: 280 },
);
