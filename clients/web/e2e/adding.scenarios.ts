import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { BrowserContext, Locator, Page, Route } from "playwright-core";
import { expect } from "vitest";

import { expectAccessible, open, scenario } from "./house.ts";
import { drop, enlarged, forget, newWord, type Paper, paperWith, paste } from "./papers.ts";

const READ_MS = 80_000;
const LARGE_BYTES = 3_000_000;
const WRITE = "**/scriba.v1.DocumentService/WriteUpload";
// The last is said by axe, which reads style sheets anew.
const CUT_OFF = [/ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION/, /Couldn't load preload assets/];

const strip = (page: Page): Locator => page.getByRole("region", { name: "At work now" });
const row = (page: Page, word: string): Locator => strip(page).getByRole("listitem").filter({ hasText: word });
const job = (page: Page, word: string): Locator => page.getByRole("list", { name: "Jobs" }).getByRole("listitem").filter({ hasText: word }).first();

/** Waits until a paper is read, or told not to be readable. */
async function untilTold(page: Page, word: string, told: RegExp): Promise<void> {
  await row(page, word).getByText(told).waitFor({ timeout: READ_MS });
}

/** What a line says of a paper that is under way. */
function atWork(word: string): RegExp {
  return new RegExp(`${word}.*(Waits for its turn|Being looked at|Pages are being drawn|Being read|searchable PDF|Being filed|Being put|Almost)`);
}

/** Does something with words that no paper has yet, and takes the papers out again. */
async function withWords(context: BrowserContext, count: number, body: (...words: string[]) => Promise<void>): Promise<void> {
  const words = Array.from({ length: count }, newWord);
  try {
    await body(...words);
  } finally {
    await context.setOffline(false);
    await forget(context, words);
  }
}

function damaged(word: string): Paper {
  return { name: `${word}.pdf`, bytes: Buffer.from(`%PDF-1.4\n% ${word}\nhere the pages should be`) };
}

/** Keeps from now on what the lines of all lists say, since a small paper is read faster than one looks. */
async function recordLines(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    const said = new Set<string>();
    const listen = () => {
      for (const line of document.querySelectorAll("li")) said.add(line.textContent);
    };
    new MutationObserver(listen).observe(document.body, { childList: true, subtree: true, characterData: true });
    Object.assign(globalThis, { said });
  });
  return () => page.evaluate(() => [...(globalThis as unknown as { said: Set<string> }).said].join("\n"));
}

/** Lets some parts of an upload pass, and holds the next; gives what lets go. */
async function holdAfter(page: Page, passing: number): Promise<(end: (route: Route) => Promise<void>) => Promise<void>> {
  const held: Route[] = [];
  let passed = 0;
  await page.route(WRITE, async (route) => {
    passed += 1;
    if (passed > passing) held.push(route);
    else await route.continue();
  });
  return async (end) => {
    await page.unroute(WRITE);
    await Promise.all(held.map((route) => end(route).catch(() => undefined))); // a page that is gone has taken its calls along
  };
}

/** Waits until a part of a file has arrived, and some is left. */
async function untilHeld(page: Page, word: string): Promise<void> {
  await row(page, word).getByText(/^[1-9][\d.]* [kM]B of .* sent$/).waitFor();
}

scenario("three scans that are let go over any page are read one by one before one's eyes, and found by a word on them", async (page, context) => {
  await withWords(context, 3, async (...words) => {
    await open(page, "/settings/appearance");
    const papers = await Promise.all(words.map((word) => paperWith(page, word)));
    const said = await recordLines(page);
    await drop(page, papers);
    let last = "";
    await Promise.all(
      words.map(async (word) => {
        await untilTold(page, word, /^Ready$/);
        last = word; // the one that stays longest, since what is ready leaves after a while
      }),
    );
    await row(page, last).getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: last }).waitFor();
    await expectAccessible(page);
    for (const word of words) expect(await said()).toMatch(atWork(word));
    await open(page, `/documents?layout=list&q=gate+${words[1] ?? ""}`);
    await page.getByRole("grid").getByRole("row", { name: words[1] ?? "" }).waitFor();
    expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe("1");
  });
});

scenario("an upload that a reload cuts off goes on where it was, and sends nothing twice", async (page, context) => {
  await withWords(context, 1, async (word = "") => {
    await open(page, "/");
    const paper = enlarged(await paperWith(page, word), LARGE_BYTES);
    const letGo = await holdAfter(page, 3);
    await drop(page, [paper]);
    await untilHeld(page, word);
    let sent = 0;
    await letGo((route) => route.abort());
    page.on("request", (request) => {
      if (request.url().endsWith("/WriteUpload")) sent += request.postDataBuffer()?.length ?? 0;
    });
    await page.reload();
    await untilTold(page, word, /^Ready$/);
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(LARGE_BYTES - 200_000);
  });
}, { allowed: CUT_OFF });

scenario("the same file again is said to be there already, with the way to it", async (page, context) => {
  await withWords(context, 1, async (word = "") => {
    await open(page, "/inbox");
    const paper = await paperWith(page, word);
    await drop(page, [paper]);
    await untilTold(page, word, /^Ready$/);
    await drop(page, [{ ...paper, name: "a copy of it.png" }]);
    const told = row(page, "a copy of it");
    await told.getByText(/^Already here/).waitFor();
    await told.getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: word }).waitFor();
  });
});

scenario("without a network an upload says so, waits, and goes on by itself once there is one", async (page, context) => {
  await withWords(context, 1, async (word = "") => {
    await open(page, "/documents");
    const paper = enlarged(await paperWith(page, word), LARGE_BYTES);
    const letGo = await holdAfter(page, 2);
    await drop(page, [paper]);
    await untilHeld(page, word);
    await context.setOffline(true);
    await letGo((route) => route.abort("internetdisconnected"));
    await row(page, word).getByText("The archive does not answer. It goes on by itself.").waitFor();
    await page.getByText("No connection to the archive.").waitFor();
    await expectAccessible(page);
    await context.setOffline(false);
    await untilTold(page, word, /^Ready$/);
    await page.getByText("No connection to the archive.").waitFor({ state: "detached" });
  });
}, { allowed: CUT_OFF });

scenario("a broken file tells in full why it cannot be read, in the strip and among the jobs, and is tried again from both", async (page, context) => {
  await withWords(context, 1, async (word = "") => {
    await open(page, "/");
    await drop(page, [damaged(word)]);
    await untilTold(page, word, /^Could not be read: The file is damaged/);
    const said = await recordLines(page);
    await row(page, word).getByRole("button", { name: `Try again: ${word}` }).click();
    await expect.poll(said).toMatch(atWork(word));
    await untilTold(page, word, /^Could not be read: The file is damaged/);
    await strip(page).getByRole("link", { name: "All jobs" }).click();
    await page.getByRole("tab", { name: /^Failed \(\d+\)$/ }).click();
    await page.waitForURL(/open=failed/);
    await job(page, word).getByText(/^Could not be read: The file is damaged: it begins like a PDF, but no pages can be found in it\.$/).waitFor();
    await job(page, word).getByText(/at step 2 of 7: draw the pages/).waitFor();
    await expectAccessible(page);
    await page.getByRole("tab", { name: "All" }).click();
    const saidThen = await recordLines(page);
    await job(page, word).getByRole("button", { name: `Try again: ${word}` }).click();
    await expect.poll(saidThen).toMatch(atWork(word));
    await job(page, word).getByText(/^Could not be read/).waitFor({ timeout: READ_MS });
    await page.getByRole("tab", { name: "Done" }).click();
    await page.waitForURL(/open=done/);
    await page.getByRole("list", { name: "Jobs" }).getByText(/^took \d/).first().waitFor();
    expect(await job(page, word).count()).toBe(0);
    await page.goBack();
    await job(page, word).getByText(/^Could not be read/).waitFor();
  });
});

scenario("of a folder all files are taken but what systems leave there, and what is pasted gets a name", async (page, context) => {
  await withWords(context, 2, async (first = "", second = "") => {
    await open(page, "/folders");
    const folder = await mkdtemp(join(tmpdir(), "scriba-folder-"));
    try {
      const { name, bytes } = await paperWith(page, first);
      await writeFile(join(folder, name), bytes);
      await writeFile(join(folder, ".hidden.png"), bytes.subarray(1));
      await page.keyboard.press("a");
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Choose a folder" }).click()]);
      await chooser.setFiles(folder);
      await untilTold(page, first, /^Ready$/);
    } finally {
      await rm(folder, { recursive: true });
    }
    expect(await row(page, "hidden").count()).toBe(0);
    await paste(page, [await paperWith(page, second)]);
    await untilTold(page, second, /^Ready$/);
  });
});

scenario("the strip folds to one line, stays so over a reload, and unfolds again", async (page, context) => {
  await withWords(context, 1, async (word = "") => {
    await open(page, "/documents");
    await drop(page, [damaged(word)]);
    await untilTold(page, word, /^Could not be read/);
    await strip(page).getByRole("button", { name: "Fold up what is at work" }).click();
    expect(await row(page, word).count()).toBe(0);
    await strip(page).getByText(new RegExp(`^${word}: Could not be read`)).waitFor();
    expect((await strip(page).boundingBox())?.height).toBeLessThan(60);
    await expectAccessible(page);
    await page.reload();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await drop(page, [{ ...damaged(word), name: `${word} once more.pdf` }]);
    await strip(page).getByRole("button", { name: "Show what is at work" }).click();
    await row(page, word).first().waitFor();
    expect((await strip(page).boundingBox())?.height).toBeLessThan(200);
  });
});

scenario("who may only look sees what is done, and nothing to stop or to try again", async (page) => {
  await open(page, "/settings/jobs?open=done");
  await page.getByRole("list", { name: "Jobs" }).getByRole("link").first().waitFor();
  expect(await page.getByRole("button", { name: /^(Stop|Try)/ }).count()).toBe(0);
  await open(page, "/settings/nodes");
  await page.getByText("There is nothing here").waitFor();
}, { as: "viewer" });

scenario("the machines page shows the one that keeps the archive, how many of its cores read, and counts each page that it has read", async (page, context) => {
  await withWords(context, 1, async (word = "") => {
    await open(page, "/settings/nodes");
    const paper = await paperWith(page, word);
    const read = page.locator("dt", { hasText: "Pages read since it started" }).locator("+ dd");
    await page.getByText("Keeps the archive").waitFor();
    await page.getByText(/cores (are free|read)$/).waitFor();
    const before = Number(await read.innerText());
    await drop(page, [paper]);
    await untilTold(page, word, /^Ready$/);
    await expect.poll(async () => Number(await read.innerText()), { timeout: 30_000 }).toBeGreaterThan(before);
    await page.getByText("No page waits to be read.").waitFor();
    await expectAccessible(page);
  });
});
