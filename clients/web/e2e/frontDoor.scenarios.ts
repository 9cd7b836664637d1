import { expect } from "vitest";

import { expectAccessible, open, reach, scenario } from "./house.ts";
import { passwordOf } from "./surroundings.ts";

scenario(
  "without a session, a page leads to signing in and keeps where one wanted to go",
  async (page) => {
    await open(page, "/documents?q=rechnung");
    await page.waitForURL(/\/sign-in\?/);
    expect(new URL(page.url()).searchParams.get("next")).toBe("/documents?q=rechnung");
    expect(await page.getByRole("main").count()).toBe(1);
    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
    await expectAccessible(page);
  },
  { as: null },
);

scenario(
  "somebody signs in by the keyboard alone, and is where he wanted to go",
  async (page) => {
    await open(page, "/documents?q=rechnung");
    await page.waitForURL(/\/sign-in\?/);
    await reach(page, page.getByLabel("Name"));
    await page.keyboard.type("viewer");
    await reach(page, page.getByLabel("Password", { exact: true }));
    await page.keyboard.type(passwordOf("viewer"));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/documents\?q=rechnung$/);
  },
  { as: null },
);

scenario(
  "a wrong password is said to be wrong, and nobody is let in",
  async (page, context) => {
    await open(page, "/sign-in");
    await page.getByLabel("Name").fill("nobody");
    await page.getByLabel("Password", { exact: true }).fill("wrong, surely");
    await page.keyboard.press("Enter");
    await page.getByText("The name, the password or the one-time code is wrong.").waitFor();
    expect(await context.cookies()).toEqual([]);
  },
  { as: null, allowed: [/status of 401/] },
);

scenario("the session is in a cookie that no script reads and no other site sends", async (page, context) => {
  await open(page, "/");
  const cookies = await context.cookies();
  expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([
    { name: "scriba", httpOnly: true, sameSite: "Strict" },
  ]);
  const seen = await page.evaluate(() => document.cookie + JSON.stringify([localStorage, sessionStorage]));
  for (const { value } of cookies) expect(seen).not.toContain(value);
});

scenario("every page comes under the policy, which nothing on it offends", async (page) => {
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`the policy refused ${event.blockedURI} by ${event.effectiveDirective}`);
    });
  });
  const answer = await page.goto("/documents");
  expect(answer?.headers()["content-security-policy"]).toContain("script-src 'self'");
  await page.locator("h1").first().waitFor();
});

scenario("an address that is no page says so, and leads back", async (page) => {
  await open(page, "/no/such/page");
  await page.getByRole("link").first().click();
  await page.waitForURL((address) => address.pathname !== "/no/such/page");
});
