import { createHmac } from "node:crypto";

import type { Page } from "playwright-core";
import { expect } from "vitest";

import { expectAccessible, newContext, open, scenario } from "./house.ts";
import { BASE_URL, passwordOf } from "./surroundings.ts";

const PASSWORD = "blue heron wades";
const REFUSED = [/status of 401/];

/** Has the administrator invite somebody, and gives the address that he would send. */
async function invite(page: Page, name: string): Promise<string> {
  await open(page, "/settings/users");
  await page.getByRole("button", { name: "Add a user" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Add a user" }).click();
  const address = await page.getByRole("region", { name: `Invitation for ${name}` }).locator("pre").textContent();
  await page.getByRole("button", { name: "Done" }).click();
  return address ?? "";
}

/** Opens an invitation in a browser where nobody is signed in, chooses a password, and gives the page that comes then. */
async function accept(address: string): Promise<Page> {
  const page = await (await newContext({ as: null })).newPage();
  await open(page, address.replace(BASE_URL, ""));
  await page.getByLabel("Choose a password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${BASE_URL}/`);
  return page;
}

/** What an authenticator app shows (RFC 6238). */
function oneTimeCode(secret: string, step: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = Array.from(secret, (letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + step));
  const mac = createHmac("sha1", key).update(counter).digest();
  return String((mac.readUInt32BE((mac[19] ?? 0) & 15) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
}

scenario("who is invited opens the address, is told a weak password, chooses a good one, and is in", async (page) => {
  const address = await invite(page, "grace");
  const guest = await (await newContext({ as: null, phone: true })).newPage();
  await open(guest, address.replace(BASE_URL, ""));
  expect(await guest.getByLabel("Name").inputValue()).toBe("grace");
  await guest.getByLabel("Choose a password").fill("short");
  await guest.getByText("Too short: at least 10 letters or signs.").first().waitFor();
  await expectAccessible(guest);
  await guest.getByLabel("Choose a password").fill(PASSWORD);
  await guest.getByText("Good: hard to guess.").waitFor();
  await guest.getByRole("button", { name: "Begin" }).click();
  await guest.waitForURL(`${BASE_URL}/`);
  const later = await (await newContext({ as: null })).newPage();
  await open(later, address.replace(BASE_URL, ""));
  await later.getByText("This code was used already").waitFor();
});

scenario("a second proof is set up by a code of the app, asked for at the next sign-in, and what was typed stays", async (page) => {
  const mine = await accept(await invite(page, "hedy"));
  await open(mine, "/settings/account");
  await mine.getByRole("button", { name: "Set up" }).click();
  await mine.getByRole("img", { name: "QR code for the authenticator app" }).waitFor();
  await expectAccessible(mine);
  const secret = ((await mine.locator("code").textContent()) ?? "").replaceAll(" ", "");
  await mine.getByLabel("The code that the app shows").fill(oneTimeCode(secret, 0));
  await mine.getByLabel("Present password").last().fill(PASSWORD);
  await mine.keyboard.press("Enter");
  const codes = await mine.getByRole("region", { name: "Recovery codes" }).locator("pre").textContent();
  expect(codes?.split("\n").length).toBe(10);

  const later = await (await newContext({ as: null })).newPage();
  await open(later, "/sign-in?next=/settings/tokens");
  await later.getByLabel("Name").fill("hedy");
  await later.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await later.keyboard.press("Enter");
  await later.getByLabel("One-time code").waitFor();
  expect(await later.getByLabel("Name").inputValue()).toBe("hedy");
  await later.getByRole("button", { name: "Use a recovery code" }).click();
  await later.getByLabel("Recovery code").waitFor();
  await later.keyboard.type(codes?.split("\n")[0] ?? "");
  await later.keyboard.press("Enter");
  await later.waitForURL(/\/settings\/tokens$/);
});

scenario(
  "signing out in one tab leaves nothing to be seen in another, and neither does going back",
  async (page, context) => {
    await open(page, "/settings/account");
    const other = await context.newPage();
    await open(other, "/documents");
    await page.getByRole("button", { name: /viewer: account and settings/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByText("You are signed out.").waitFor();
    await other.waitForURL(/\/sign-in\?next=%2Fdocuments/);
    await page.goBack();
    await page.waitForURL(/\/sign-in/);
    await page.getByLabel("Name").waitFor();
  },
  { as: "viewer", allowed: REFUSED },
);

scenario(
  "a session that ends is begun anew over the page, and what was typed there is still there",
  async (page, context) => {
    await open(page, "/settings/account");
    await page.getByLabel("Present password").fill("half typed");
    await context.request.delete("/session", { headers: { origin: BASE_URL } });
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    const asked = page.getByRole("dialog", { name: "Your session has ended" });
    await asked.getByLabel("Password", { exact: true }).fill(passwordOf("viewer"));
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    await asked.waitFor({ state: "detached" });
    expect(await page.getByLabel("Present password").inputValue()).toBe("half typed");
  },
  { as: "viewer", allowed: REFUSED },
);

scenario("a token is made for a program, bound to what it may do, works, and works no more once revoked", async (page, context) => {
  await open(page, "/settings/tokens");
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByLabel("What for").fill("Scanner in the hall");
  await page.getByText("Add documents", { exact: true }).click();
  await page.getByRole("button", { name: "Make the token" }).click();
  const secret = await page.getByRole("region", { name: "Token for Scanner in the hall" }).locator("pre").textContent();
  await page.getByRole("button", { name: "Done" }).click();
  const whoIs = async () => {
    const fresh = await newContext({ as: null });
    const answer = await fresh.request.get("/session", { headers: { authorization: `Bearer ${secret ?? ""}` } });
    return ((await answer.json()) as { user: { name: string } | null }).user?.name;
  };
  expect(await whoIs()).toBe("admin");
  await page.getByRole("button", { name: "Revoke Scanner in the hall" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await page.getByText("Scanner in the hall is revoked.").waitFor();
  expect(await whoIs()).toBeUndefined();
  expect((await context.cookies()).length).toBe(1);
});

scenario("a viewer finds his own settings alone, and no way to those of others", async (page) => {
  await open(page, "/settings");
  await page.getByRole("link", { name: /Account/ }).waitFor();
  expect(await page.getByRole("link", { name: /^Users|^Groups|^Audit/ }).count()).toBe(0);
  await open(page, "/settings/users");
  await page.getByText("There is nothing here").waitFor();
}, { as: "viewer" });
