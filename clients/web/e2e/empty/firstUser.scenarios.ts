import { expect } from "vitest";

import { expectAccessible, open, scenario } from "../house.ts";
import { firstCode } from "../surroundings.ts";

scenario(
  "an archive without users leads to the invitation",
  async (page) => {
    await open(page, "/");
    await page.waitForURL(/\/invitation$/);
    await page.getByRole("heading", { name: "Welcome to Scriba" }).waitFor();
    await expectAccessible(page);
  },
  { as: null },
);

scenario(
  "the greeting's link makes somebody the first user, and takes the code out of the address",
  async (page) => {
    await open(page, `/invitation#code=${firstCode()}`);
    await page.getByLabel("Name").fill("Anna");
    await page.getByLabel("Choose a password", { exact: true }).fill("correct horse battery");
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    await page.waitForURL((address) => address.pathname === "/");
    await page.getByRole("heading", { name: "No document yet" }).waitFor();
    await page.getByText("Drop files or whole folders anywhere on this page").waitFor();
    await expectAccessible(page);
    expect(page.url()).not.toContain(firstCode());
  },
  { as: null },
);
