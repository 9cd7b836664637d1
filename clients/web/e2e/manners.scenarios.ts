import { expect } from "vitest";

import { expectAccessible, open, scenario } from "./house.ts";

scenario("what is open over a page stands in its address, is accessible, and the way back closes it", async (page) => {
  for (const subject of ["users", "groups"]) {
    await open(page, `/settings/${subject}`);
    await page.getByRole("button", { name: /^Add a / }).click();
    await page.waitForURL(/open=new$/);
    await page.reload();
    const dialog = page.getByRole("dialog", { name: /^Add a / });
    await dialog.getByLabel("Name").waitFor();
    await expectAccessible(page);
    await page.goBack();
    await dialog.waitFor({ state: "detached" });
  }
});

scenario(
  "without a network a page says so, keeps what it shows, and goes on by itself",
  async (page, context) => {
    await open(page, "/documents?layout=list");
    const first = page.getByRole("grid").getByRole("row").first();
    await first.getByRole("link").first().waitFor();
    await context.setOffline(true);
    const told = page.getByRole("status").filter({ hasText: "No connection to the archive." });
    await told.waitFor();
    expect(await first.isVisible()).toBe(true);
    await expectAccessible(page);
    await context.setOffline(false);
    await told.waitFor({ state: "detached" });
  },
  { allowed: [/ERR_INTERNET_DISCONNECTED/] },
);
