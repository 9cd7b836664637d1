import type { Page } from "playwright-core";
import { expect } from "vitest";

import { MailService } from "../sdk/scriba/v1/mail_pb.js";
import { forget, serviceOf, untilRead } from "./archive.ts";
import { expectAccessible, open, scenario } from "./house.ts";
import { mailbox } from "./surroundings.ts";

const LIST = "/settings/mail";
// Nobody listens at that port.
const NOWHERE = { port: "9", user: "ada@example.org", password: "open sesame, dear mailbox" };

async function choose(page: Page, label: RegExp, option: string): Promise<void> {
  await page.getByRole("button", { name: label }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** Adds a mailbox; its page opens. */
async function addMailbox(page: Page, name: string, { port, user, password } = NOWHERE): Promise<void> {
  await open(page, LIST);
  await page.getByRole("button", { name: "Add a mailbox" }).click();
  await page.getByRole("textbox", { name: "Mail address or user name" }).fill(user);
  await page.getByRole("textbox", { name: "IMAP server" }).fill("localhost");
  await choose(page, /Encryption$/, "None: on the archive’s own machine alone");
  await page.getByRole("textbox", { name: "Port" }).fill(port);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
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
    expect(await page.content()).not.toContain(NOWHERE.password);
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

scenario(
  "a rule is tried on a mailbox and then takes what it means; a mail that can't be put away or read says why, and is looked at again",
  async (page, context) => {
    await addMailbox(page, "At home", mailbox());
    await page.getByText("Signed in. 1 folder is there:").waitFor();
    await addRule(page, "Invoices", "invoice");
    await choose(page, /In the mailbox$/, "Move it to a folder");
    await page.getByRole("combobox", { name: "To the folder" }).fill("Not there");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Try", exact: true }).click();
    const tried = page.getByRole("list", { name: "The newest mails" }).locator("> li");
    await tried.filter({ hasText: "Dinner on Friday" }).getByText("Not meant").waitFor();
    await tried.filter({ hasText: "Invoice for hinges" }).getByText("hinges.png").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Save" }).click();

    const mails = page.getByRole("list", { name: "What became of mails" }).locator("> li");
    const [bill, secret] = [mails.filter({ hasText: "Invoice for hinges" }), mails.filter({ hasText: "Secret invoice" })];
    await bill.getByText("Taken, not yet put away").waitFor();
    await bill.getByText(/Not there|refuses to move/).waitFor();
    await secret.getByText("Failed", { exact: true }).waitFor();
    await secret.getByText(/it is encrypted/).waitFor();
    await expectAccessible(page);

    await page.getByRole("link", { name: "Invoices", exact: true }).click();
    await choose(page, /In the mailbox$/, "Mark it as read");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "Look at Invoice for hinges again" }).click();
    await bill.getByText("Done", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Try again: Secret invoice" }).click();
    await page.getByText("The mail is looked at again.").last().waitFor();
    await choose(page, /State$/, "Done");
    await expect.poll(() => mails.count()).toBe(1);

    const { mails: taken } = await (await serviceOf(context, MailService)).listMails({});
    const ids = taken.flatMap(({ documentIds }) => documentIds);
    await bill.getByRole("link", { name: "Open the document: Invoice for hinges" }).click();
    await page.getByRole("heading", { level: 1, name: "Invoice for hinges" }).waitFor();
    for (const id of ids) await untilRead(context, id);
    await removeMailbox(page, "At home");
    await forget(context, ids);
  },
  { mostSeconds: 180 },
);
