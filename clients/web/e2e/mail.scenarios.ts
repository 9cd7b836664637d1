import type { Page } from "playwright-core";
import { expect } from "vitest";

import { expectAccessible, open, scenario } from "./house.ts";

const LIST = "/settings/mail";
// Nobody listens there.
const HOST = "127.0.0.1";
const PORT = "9";
const SECRET = "open sesame, dear mailbox";

async function choose(page: Page, label: RegExp, option: string): Promise<void> {
  await page.getByRole("button", { name: label }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** Adds a mailbox; its page opens. */
async function addMailbox(page: Page, name: string): Promise<void> {
  await open(page, LIST);
  await page.getByRole("button", { name: "Add a mailbox" }).click();
  await page.getByRole("textbox", { name: "Mail address or user name" }).fill("ada@example.org");
  await page.getByRole("textbox", { name: "IMAP server" }).fill(HOST);
  await page.getByRole("textbox", { name: "Port" }).fill(PORT);
  await page.getByRole("textbox", { name: "Password" }).fill(SECRET);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("button", { name: "Add it" }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

async function removeMailbox(page: Page, name: string): Promise<void> {
  await open(page, LIST);
  await page.getByRole("button", { name: `Remove ${name}` }).click();
  const asked = page.getByRole("dialog", { name: `Remove ${name}` });
  await asked.getByText(/lost for ever/).waitFor();
  await asked.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("link", { name, exact: true }).waitFor({ state: "detached" });
}

async function addRule(page: Page, name: string, subject: string): Promise<void> {
  await page.getByRole("button", { name: "New rule" }).click();
  await page.getByRole("textbox", { name: "Name of the rule" }).fill(name);
  await page.getByRole("textbox", { name: "Subject contains" }).fill(subject);
}

const rulesOn = (page: Page): Promise<string[]> => page.getByRole("list", { name: "Rules" }).getByRole("link").allInnerTexts();

scenario("an address of a known provider fills in its server, and says what is to be done there first", async (page) => {
  await open(page, `${LIST}?open=new-account`);
  await page.getByRole("textbox", { name: "Mail address or user name" }).fill("ada@web.de");
  expect(await page.getByRole("textbox", { name: "IMAP server" }).inputValue()).toBe("imap.web.de");
  await page.getByText(/allow access by IMAP/).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("heading", { level: 1, name: "Mail" }).waitFor();
});

scenario(
  "a mailbox that is not reached says so in its own words, its password is kept and never shown, and another server wants it anew",
  async (page) => {
    await addMailbox(page, "Out of reach");
    const told = page.getByRole("region", { name: "Connection" }).getByRole("alert");
    await told.waitFor();
    expect(await told.innerText()).not.toMatch(/archive does not answer/);
    await page.getByRole("button", { name: "Change", exact: true }).click();
    await page.getByText("A password is kept").waitFor();
    expect(await page.content()).not.toContain(SECRET);
    await page.getByRole("textbox", { name: "IMAP server" }).fill("mail.example.org");
    await page.getByText(/Wanted anew/).waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Write it here.").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("heading", { level: 1, name: "Out of reach" }).waitFor();
    await removeMailbox(page, "Out of reach");
  },
  { allowed: [/status of 503/] },
);

scenario(
  "rules of a mailbox are made, put in order by the keyboard, copied and switched off, and one that is removed can be had back where it stood",
  async (page) => {
    await addMailbox(page, "With rules");
    await addRule(page, "Bills", "invoice");
    await choose(page, /In the mailbox$/, "Move it to a folder");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Say to which folder.").waitFor();
    await expectAccessible(page);
    await page.getByRole("combobox", { name: "To the folder" }).fill("Archive");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Inbox · subject invoice → Attachments · goes to Archive").waitFor();
    await page.getByRole("button", { name: "Make a rule like Bills" }).click();
    await page.getByRole("textbox", { name: "Name of the rule" }).fill("Reminders");
    await page.getByRole("textbox", { name: "Subject contains" }).fill("reminder");
    await page.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => rulesOn(page)).toEqual(["Bills", "Reminders"]);

    await page.getByRole("link", { name: "Reminders" }).press("Alt+ArrowUp");
    await page.getByText("The order is changed.").waitFor();
    await page.getByRole("switch", { name: "Reminders: Switched on" }).press("Space");
    await page.getByText("Reminders is switched off.").waitFor();
    await page.reload();
    await expect.poll(() => rulesOn(page)).toEqual(["Reminders", "Bills"]);

    await page.getByRole("button", { name: "Remove Reminders" }).click();
    await expect.poll(() => rulesOn(page)).toEqual(["Bills"]);
    await page.getByRole("button", { name: "Undo" }).last().click();
    await expect.poll(() => rulesOn(page)).toEqual(["Reminders", "Bills"]);
    expect(await page.getByRole("switch", { name: "Reminders: Switched on" }).isChecked()).toBe(false);
    await page.getByText("Inbox · subject reminder → Attachments · goes to Archive").waitFor();
    await removeMailbox(page, "With rules");
  },
  { allowed: [/status of 503/] },
);
