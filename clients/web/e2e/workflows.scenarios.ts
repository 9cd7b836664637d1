import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

import { expectAccessible, open, reach, scenario } from "./house.ts";
import { DOCUMENT } from "./pages.ts";

const LIST = "/settings/workflows";
const document = DOCUMENT.split("/").at(-1) ?? "";

const entry = (page: Page, name: string): Locator => page.getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) });

async function choose(page: Page, button: string, item: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Begins a workflow that gives a title to files of a name. */
async function begin(page: Page, name: string, filename: string): Promise<void> {
  await open(page, `${LIST}?open=new&document=${document}`);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await choose(page, "Add a filter", "File name");
  await page.getByRole("textbox", { name: "File name" }).fill(filename);
  await choose(page, "Add an action", "Give labels and values");
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("From a workflow");
}

async function save(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { level: 1, name: "Workflows" }).waitFor();
  await entry(page, name).waitFor();
}

/** Removes it by its entry in the list; nothing is asked, since it could be made again. */
async function remove(page: Page, name: string): Promise<void> {
  await open(page, LIST);
  await page.getByRole("button", { name: `Remove ${name}`, exact: true }).click();
  await entry(page, name).waitFor({ state: "detached" });
}

const namesIn = (page: Page): Promise<string[]> => page.getByRole("list", { name: "Workflows" }).getByRole("link").allInnerTexts();

scenario("a workflow is tried on a document before it is kept, and each filter says yes or no and why", async (page) => {
  await begin(page, "Tried first", "*");
  await choose(page, "Add a filter", "What its text says");
  await page.getByRole("textbox", { name: "Pattern" }).fill("zzyzx");
  await page.getByRole("button", { name: "Try", exact: true }).click();
  const trace = page.getByRole("region", { name: "Tried first" });
  await trace.getByText("would not run").waitFor();
  expect(await trace.getByRole("listitem").allInnerTexts()).toEqual([expect.stringMatching(/^file name passes/), expect.stringMatching(/^content does not pass/)]);
  await page.getByRole("button", { name: "Take the filter “What its text says” away" }).click();
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await trace.getByText("would run", { exact: true }).waitFor();
  await trace.getByText(/sets the title to/).waitFor();
  await page.getByRole("region", { name: "What would be different" }).getByText("From a workflow").waitFor();
  await expectAccessible(page);
  await open(page, DOCUMENT);
  expect(await page.getByRole("heading", { level: 1 }).innerText()).not.toBe("From a workflow");
});

scenario("workflows are put in order by the keyboard, switched off and on, and what is removed can be had back where it stood", async (page) => {
  for (const name of ["First of all", "Second one"]) {
    await begin(page, name, "no-such-file-*.pdf");
    await save(page, name);
  }
  const before = await namesIn(page);
  expect(before.slice(-2)).toEqual(["First of all", "Second one"]);
  await reach(page, page.getByRole("button", { name: "Move Second one up" }));
  await page.keyboard.press("Enter");
  await page.getByText("The order is changed.").waitFor();
  await expect.poll(() => namesIn(page)).toEqual([...before.slice(0, -2), "Second one", "First of all"]);
  await page.reload();
  await entry(page, "Second one").waitFor();
  expect((await namesIn(page)).slice(-2)).toEqual(["Second one", "First of all"]);

  await page.getByRole("switch", { name: "Second one: Switched on" }).press("Space");
  await page.getByText("Second one is switched off.").waitFor();
  await page.reload();
  await expect.poll(() => page.getByRole("switch", { name: "Second one: Switched on" }).isChecked()).toBe(false);

  await page.getByRole("button", { name: "Remove Second one" }).click();
  await entry(page, "Second one").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await entry(page, "Second one").waitFor();
  await expect.poll(async () => (await namesIn(page)).slice(-2)).toEqual(["Second one", "First of all"]);
  expect(await page.getByRole("switch", { name: "Second one: Switched on" }).isChecked()).toBe(false);
  await expectAccessible(page);
  await remove(page, "First of all");
  await remove(page, "Second one");
});

scenario(
  "all that is wrong is told at its box at once, and what is mended is told no more",
  async (page) => {
    await begin(page, "Full of faults", "*.pdf");
    const title = page.getByRole("textbox", { name: "Title", exact: true });
    await title.fill("{{ titel }}");
    await choose(page, "Add an action", "Send an e-mail");
    await page.getByRole("textbox", { name: "To", exact: true }).fill("nobody");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText(/is title meant/).waitFor();
    await page.getByText(/must be 1 to 50 e-mail addresses/).waitFor();
    expect(await title.getAttribute("aria-invalid")).toBe("true");
    await expectAccessible(page);
    await title.fill("{{ title }}");
    await expect.poll(() => title.getAttribute("aria-invalid")).toBeNull();
    expect(await page.getByRole("textbox", { name: "To", exact: true }).getAttribute("aria-invalid")).toBe("true");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("heading", { level: 1, name: "Workflows" }).waitFor();
    expect(await entry(page, "Full of faults").count()).toBe(0);
  },
  { allowed: [/status of 400/] },
);

scenario("passwords are kept and never shown, and a workflow that keeps some is removed only once that was told", async (page) => {
  await begin(page, "Locked ones", "no-such-file-*.pdf");
  await choose(page, "Add an action", "Open a locked PDF");
  await page.getByRole("textbox", { name: "New password 1" }).fill("open sesame");
  await save(page, "Locked ones");
  await page.getByRole("link", { name: "Locked ones" }).click();
  await page.getByText("Password 1 (kept)").waitFor();
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Another title");
  await save(page, "Locked ones");
  await page.getByRole("link", { name: "Locked ones" }).click();
  await page.getByText("Password 1 (kept)").waitFor();
  expect(await page.content()).not.toContain("open sesame");
  await open(page, LIST);
  await page.getByRole("button", { name: "Remove Locked ones" }).click();
  const asked = page.getByRole("dialog", { name: "Remove Locked ones" });
  await asked.getByText(/you would have to enter them anew/).waitFor();
  await asked.getByRole("button", { name: "Remove it" }).click();
  await entry(page, "Locked ones").waitFor({ state: "detached" });
});

scenario("custom fields are asked about in boxes, which say the same when they are opened again, and nobody leaves with changes unasked", async (page) => {
  await begin(page, "By its fields", "no-such-file-*.pdf");
  await choose(page, "Add a filter", "Custom fields");
  await choose(page, "Ask about a field", "Customer number");
  const question = page.getByRole("group", { name: "Customer number" });
  await question.getByRole("button", { name: /^contains/ }).click();
  await page.getByRole("option", { name: "begins with" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await question.getByText("Say what it is compared with").waitFor();
  await question.getByRole("textbox", { name: "Value" }).fill("47");
  await expectAccessible(page);
  await save(page, "By its fields");
  await page.getByRole("link", { name: "By its fields" }).click();
  await question.getByRole("button", { name: /^begins with/ }).waitFor();
  expect(await question.getByRole("textbox", { name: "Value" }).inputValue()).toBe("47");
  await question.getByRole("textbox", { name: "Value" }).fill("48");
  await page.getByRole("link", { name: "All workflows" }).click();
  const asked = page.getByRole("dialog", { name: "Leave without saving?" });
  await asked.getByRole("button", { name: "Go on editing" }).click();
  await asked.waitFor({ state: "detached" });
  expect(await question.getByRole("textbox", { name: "Value" }).inputValue()).toBe("48");
  await page.goBack();
  await asked.getByRole("button", { name: "Leave" }).click();
  await entry(page, "By its fields").waitFor();
  await remove(page, "By its fields");
});

scenario("an editor may try workflows and not change them", async (page) => {
  await open(page, LIST);
  expect(await page.getByRole("button", { name: "New workflow" }).count()).toBe(0);
  await open(page, `${LIST}?open=new`);
  await page.getByText("This workflow is not there any more.").waitFor();
  expect(await page.getByRole("button", { name: "Save" }).count()).toBe(0);
}, { as: "editor" });
