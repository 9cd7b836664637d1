import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

import { expectAccessible, open, scenario } from "./house.ts";

const entry = (page: Page, name: string): Locator => page.getByRole("list", { name: "Saved views" }).getByRole("listitem").filter({ hasText: name });

/** The longest word of a title in the archive, which a rule therefore finds. */
async function someWord(page: Page): Promise<string> {
  await open(page, "/documents?layout=list&order=title");
  const first = page.getByRole("grid").getByRole("row").first();
  await first.waitFor();
  const title = (await first.getAttribute("aria-label")) ?? "";
  return title.split(/[^\p{L}\p{N}]+/u).reduce((one, other) => (other.length > one.length ? other : one), "");
}

scenario("a rule is tried on the documents that are there while it is typed, files them when it is kept, and that is undone", async (page) => {
  const word = await someWord(page);
  await open(page, "/settings/labels?open=tags/new");
  const dialog = page.getByRole("dialog", { name: "New tag" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("By a rule");
  await dialog.getByRole("button", { name: /Finds its documents by/ }).click();
  await page.getByRole("option", { name: "any of the words" }).click();
  await dialog.getByRole("textbox", { name: "Pattern" }).fill(word);
  const trial = dialog.getByRole("region", { name: "What the rule would find" });
  await trial.getByRole("link").first().waitFor();
  expect((await trial.locator("mark").first().innerText()).toLowerCase()).toBe(word.toLowerCase());
  await expectAccessible(page);
  await dialog.getByText(/^Also file the/).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText(/^(One document|\d+ documents) filed$/).waitFor();
  const row = page.getByRole("row").filter({ hasText: "By a rule" });
  await expect.poll(() => row.getByRole("link").innerText()).not.toBe("0");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText(/^Undone in/).waitFor();
  await expect.poll(() => row.getByRole("link").innerText()).toBe("0");
  await row.getByRole("button", { name: "Remove By a rule" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove it" }).click();
  await row.waitFor({ state: "detached" });
});

scenario("a tag is given to others, and what it gives on", async (page) => {
  await open(page, "/settings/labels?open=tags/new");
  await page.getByRole("textbox", { name: "Name" }).fill("For a few");
  await page.getByRole("button", { name: "Save" }).click();
  const row = page.getByRole("row").filter({ hasText: "For a few" });
  await row.getByRole("button", { name: "Access to For a few" }).click();
  const item = page.getByRole("region", { name: "Who may see it" });
  await item.getByRole("combobox", { name: "Give access to" }).click();
  await page.getByRole("option", { name: "viewer" }).click();
  await item.getByRole("list", { name: "Access" }).getByText("viewer").waitFor();
  await page.getByRole("region", { name: "Documents that bear it" }).getByRole("combobox", { name: "Give access to" }).waitFor();
  await expectAccessible(page);
  await page.reload();
  await item.getByRole("list", { name: "Access" }).getByText("viewer").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await row.getByRole("button", { name: "Remove For a few" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove it" }).click();
  await row.waitFor({ state: "detached" });
});

scenario("a search is kept as a view, stands in the navigation, goes by another name, and comes back after it was deleted", async (page) => {
  const word = await someWord(page);
  await open(page, `/documents?q=${encodeURIComponent(word)}`);
  await page.getByRole("button", { name: "Save as a view" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Kept once");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForURL(/\/views\//);
  await page.getByRole("navigation").getByRole("link", { name: "Kept once" }).waitFor();
  await open(page, "/settings/views");
  await entry(page, "Kept once").getByText(word, { exact: true }).waitFor();
  await entry(page, "Kept once").getByRole("button", { name: "Edit Kept once" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Kept twice");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("navigation").getByRole("link", { name: "Kept twice" }).waitFor();
  await entry(page, "Kept twice").getByText("Navigation", { exact: true }).click();
  await page.getByRole("navigation").getByRole("link", { name: "Kept twice" }).waitFor({ state: "detached" });
  await entry(page, "Kept twice").getByRole("button", { name: "Remove Kept twice" }).click();
  await entry(page, "Kept twice").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await entry(page, "Kept twice").getByText(word, { exact: true }).waitFor();
  await entry(page, "Kept twice").getByRole("button", { name: "Remove Kept twice" }).click();
  await entry(page, "Kept twice").waitFor({ state: "detached" });
});

scenario("views are put in another order by the keyboard", async (page) => {
  const word = await someWord(page);
  for (const name of ["Order A", "Order B"]) {
    await open(page, `/documents?q=${encodeURIComponent(word)}`);
    await page.getByRole("button", { name: "Save as a view" }).press("Enter");
    await page.getByRole("textbox", { name: "Name" }).fill(name);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/views\//);
  }
  await open(page, "/settings/views");
  const names = async () => (await page.getByRole("list", { name: "Saved views" }).getByRole("link").allInnerTexts()).filter((name) => name.startsWith("Order"));
  await expect.poll(names).toEqual(["Order A", "Order B"]);
  await entry(page, "Order B").getByRole("link").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(names).toEqual(["Order B", "Order A"]);
  await page.reload();
  await expect.poll(names).toEqual(["Order B", "Order A"]);
  for (const name of ["Order A", "Order B"]) {
    await entry(page, name).getByRole("button", { name: `Remove ${name}` }).press("Enter");
    await entry(page, name).waitFor({ state: "detached" });
  }
});
