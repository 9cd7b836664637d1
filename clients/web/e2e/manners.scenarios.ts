import type { Page } from "playwright-core";
import { expect } from "vitest";

import { expectAccessible, open, scenario } from "./house.ts";

/** Axe fetches style sheets once more to look into them. */
const AXE_MISSES_STYLES = /Couldn't load preload assets/;

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
  { allowed: [/ERR_INTERNET_DISCONNECTED/, AXE_MISSES_STYLES] },
);

/** The list of keys, whose code comes later: without it nothing is there when it is called. */
const KEY_LIST = /\/assets\/KeyList-.*\.(js|css)$/;

scenario(
  "a part of the page that the network lost comes, with its looks, once it is there again",
  async (page) => {
    await page.route(KEY_LIST, (route) => route.abort());
    await open(page, "/documents?layout=list");
    const lost = page.waitForEvent("requestfailed", (request) => request.url().endsWith(".js"));
    await page.keyboard.press("Shift+?");
    await lost;
    await page.unroute(KEY_LIST);
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    const keys = page.getByRole("dialog", { name: "Keyboard" }).locator("dl");
    await expect.poll(() => keys.evaluate((list) => getComputedStyle(list).display)).toBe("grid");
  },
  { allowed: [/ERR_FAILED/] },
);

scenario(
  "a page of before an upgrade says that the archive was renewed, and is loaded anew on the way to another page",
  async (page) => {
    await open(page, "/documents?layout=list");
    await renew(page);
    await page.keyboard.press("Shift+?");
    const told = page.getByRole("status").filter({ hasText: "Scriba was renewed" });
    await told.waitFor();
    await expectAccessible(page);
    const loaded = page.waitForEvent("load");
    await page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Home" }).click();
    await loaded;
    await page.getByRole("heading", { level: 1, name: "admin" }).waitFor();
    expect([new URL(page.url()).pathname, await told.count()]).toEqual(["/", 0]);
    await page.keyboard.press("Shift+?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  },
  { allowed: [/status of 404/, AXE_MISSES_STYLES] },
);

/** Serves another page than the one that is open, and nothing any more that only that one knows, until it is loaded anew. */
async function renew(page: Page): Promise<void> {
  const GONE = [KEY_LIST, /\/assets\/HomePage-.*\.js$/];
  for (const gone of GONE) await page.route(gone, (route) => route.fulfill({ status: 404 }));
  await page.route("/", async (route) => {
    if (!route.request().isNavigationRequest()) return route.fulfill({ contentType: "text/html", body: '<div id="app"></div><script type="module" src="/assets/index-next.js"></script>' });
    for (const gone of GONE) await page.unroute(gone);
    return route.continue();
  });
}
