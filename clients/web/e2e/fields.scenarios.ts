import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

import { expectAccessible, open, scenario } from "./house.ts";
import { DOCUMENT } from "./pages.ts";

const NAME = "Way of paying";

const dialog = (page: Page, name: string): Locator => page.getByRole("dialog", { name });

async function addOption(page: Page, number: number, name: string): Promise<void> {
  await page.getByRole("button", { name: "Add an option" }).click();
  await page.getByRole("textbox", { name: `Option ${String(number)}`, exact: true }).fill(name);
}

async function chooseKind(page: Page, kind: string): Promise<void> {
  await page.getByRole("button", { name: /^Kind|Kind$/ }).click();
  await page.getByRole("option", { name: kind, exact: true }).click();
}

/** Makes a field with three options, the last of which is put first by the keyboard. */
async function makeField(page: Page): Promise<void> {
  await open(page, "/settings/fields");
  await page.getByRole("button", { name: "New field" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(NAME);
  await chooseKind(page, "One of some options");
  await addOption(page, 1, "cash");
  await addOption(page, 2, "card");
  await addOption(page, 3, "transfer");
  await page.getByRole("textbox", { name: "Option 3", exact: true }).press("Alt+ArrowUp");
  await page.getByRole("button", { name: "Move transfer up" }).press("Enter");
  await page.getByText("transfer is number 1 of 3 now.").waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("row", { name: new RegExp(NAME) }).getByText("transfer, cash, card").waitFor();
}

async function removeField(page: Page, words: RegExp): Promise<void> {
  await open(page, "/settings/fields");
  await page.getByRole("button", { name: `Remove ${NAME}` }).click();
  await dialog(page, `Remove the field ${NAME}`).getByText(words).waitFor();
  await page.getByRole("button", { name: "Remove it" }).click();
  await page.getByRole("row", { name: new RegExp(NAME) }).waitFor({ state: "detached" });
}

scenario("a field with options is made, given to a document, and an option that is left out is taken from it only once that was told", async (page) => {
  await makeField(page);
  await open(page, DOCUMENT);
  await page.getByRole("button", { name: "Add a field" }).click();
  await page.getByRole("menuitem", { name: NAME }).click();
  await page.getByRole("button", { name: new RegExp(NAME) }).first().click();
  await page.getByRole("option", { name: "card" }).click();
  await page.reload();
  await page.getByRole("button", { name: new RegExp(`card.*${NAME}|${NAME}.*card`) }).waitFor();

  await open(page, "/settings/fields");
  await page.getByRole("button", { name: NAME, exact: true }).click();
  await page.getByRole("textbox", { name: "Option 2" }).fill("in cash");
  await page.getByRole("button", { name: "Remove card" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  const asked = dialog(page, "An option goes");
  await asked.getByRole("listitem").getByText("card").waitFor();
  await expectAccessible(page);
  await asked.getByRole("button", { name: "Take it from the documents" }).click();
  await page.getByRole("row", { name: new RegExp(NAME) }).getByText("transfer, in cash").waitFor();
  await removeField(page, /No document has a value of this field/);
});

scenario(
  "a pattern that is none is marked at its box while it is typed, and one that fits tells what it finds",
  async (page) => {
    await open(page, "/settings/fields?open=new");
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(NAME);
    const pattern = page.getByRole("textbox", { name: "Read from the text of new documents" });
    await pattern.fill("(Rechnung");
    await expect.poll(() => pattern.getAttribute("aria-invalid")).toBe("true");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => page.getByRole("button", { name: "Save" }).isEnabled()).toBe(true);
    expect(await pattern.getAttribute("aria-invalid")).toBe("true");
    await pattern.fill("(\\w{5,})");
    await page.getByRole("region", { name: "What it finds" }).getByRole("listitem").first().waitFor();
    expect(await pattern.getAttribute("aria-invalid")).toBeNull();
    await page.keyboard.press("Escape");
    await page.waitForURL((address) => address.search === "");
  },
  { allowed: [/status of 400/] },
);

scenario("two options of the same name are refused at the second", async (page) => {
  await open(page, "/settings/fields?open=new");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(NAME);
  await chooseKind(page, "Several options");
  await addOption(page, 1, "cash");
  await addOption(page, 2, "Cash ");
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => page.getByRole("textbox", { name: "Option 2" }).getAttribute("aria-invalid")).toBe("true");
  await page.getByText("must differ from the others'").first().waitFor();
}, { allowed: [/status of 400/] });

scenario("somebody who may only look sees the fields and no way to change them", async (page) => {
  await open(page, "/settings/fields?open=new");
  await page.getByRole("heading", { level: 1, name: "Custom fields" }).waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
  expect(await page.getByRole("button", { name: "New field" }).count()).toBe(0);
}, { as: "viewer" });
