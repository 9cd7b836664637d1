/** What somebody is told of documents: chosen, tried, paused and taken back. */

import { expect } from "vitest";

import { expectAccessible, open, scenario } from "./house.ts";

scenario("a notification is chosen, tells why its test did not arrive, rests, and is taken back", async (page) => {
  await open(page, "/settings/notifications");
  await page.getByRole("button", { name: "New notification" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("button", { name: "Make the notification" }).click();
  await form.getByText("Write what you call it.").waitFor();
  await form.getByLabel("Name").fill("Phone");
  await form.getByText("falls due by a date of its own").click();
  await form.getByLabel("Days before it is due").fill("14");
  await form.getByRole("button", { name: "By" }).click();
  await page.getByRole("option", { name: "ntfy" }).click();
  await form.getByLabel("Address").fill("https://127.0.0.1:1/paper");
  await expectAccessible(page);
  await form.getByRole("button", { name: "Make the notification" }).click();

  const entry = page.getByRole("listitem").filter({ hasText: "Phone" });
  await entry.getByText("could not be read · is ready, with warnings · falls due by a date of its own").waitFor();
  await entry.getByRole("button", { name: "Send a test: Phone" }).click();
  await page.getByRole("alert").or(page.getByRole("status")).filter({ hasText: "127.0.0.1" }).first().waitFor();
  await entry.getByRole("switch").click({ force: true });
  await page.getByText("Phone tells nothing for now").waitFor();
  await page.reload();
  await entry.waitFor();
  expect(await entry.getByRole("switch").isChecked()).toBe(false);
  await entry.getByRole("button", { name: "Change: Phone" }).click();
  expect(await form.getByLabel("Days before it is due").inputValue()).toBe("14");
  await page.keyboard.press("Escape");
  await entry.getByRole("button", { name: "Remove Phone" }).click();
  await form.getByRole("button", { name: "Remove" }).click();
  await page.getByText("No notifications").waitFor();
});
