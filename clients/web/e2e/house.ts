/** A browser for scenarios: each gets a context of its own, signed in, and fails on anything that the console says. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, devices, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { BASE_URL, CHROMIUM, EVIDENCE, type Name, passwordOf, WANTED } from "./surroundings.ts";

const PATIENCE_MS = 30_000;
export const PHONE = { ...devices["Pixel 7"], viewport: { width: 390, height: 844 } };

export interface Manner {
  /** Who is signed in; null for nobody. The administrator where nothing is said. */
  readonly as?: Name | null;
  readonly phone?: boolean;
  readonly dark?: boolean;
  readonly language?: string;
  /** What the console may say here, such as the answer to a wrong password. */
  readonly allowed?: readonly RegExp[];
  /** For what takes longer than most. */
  readonly mostSeconds?: number;
}

let browser: Browser | undefined;

beforeAll(async () => {
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  browser = await chromium.launch({ executablePath: CHROMIUM, args: [...asRoot, "--disable-gpu", "--disable-dev-shm-usage"] });
});

afterAll(async () => {
  await browser?.close();
});

/** One claim about what a person meets; each is a test of pytest's, too (tests/browser/test_scenarios.py). */
export function scenario(name: string, body: (page: Page, context: BrowserContext) => Promise<void>, manner: Manner = {}): void {
  const asked = WANTED.length === 0 || WANTED.includes(name);
  test.skipIf(!asked)(name, { ...(manner.mostSeconds !== undefined && { timeout: manner.mostSeconds * 1000 }) }, async () => {
    const context = await newContext(manner);
    const page = await context.newPage();
    const said = listenTo(page);
    try {
      await body(page, context);
      expect(said.filter((line) => !manner.allowed?.some((each) => each.test(line))).join("\n"), "the console").toBe("");
    } catch (error) {
      mkdirSync(EVIDENCE, { recursive: true });
      const picture = join(EVIDENCE, `${name.replace(/\W+/g, "-")}.png`);
      await page.screenshot({ path: picture, fullPage: true }).catch(() => null);
      const words = error instanceof Error ? error.message : String(error);
      throw new Error(`${words}\n\nat ${page.url()}, ${picture}\nconsole: ${said.join("\n") || "silent"}`, { cause: error });
    } finally {
      await context.close();
    }
  });
}

/** Opens a context as a person has it: signed in, in a language, on a wide screen or a phone. */
export async function newContext({ as = "admin", phone = false, dark = false, language = "en-GB" }: Manner = {}): Promise<BrowserContext> {
  if (!browser) throw new Error("the browser was not started");
  const context = await browser.newContext({
    baseURL: BASE_URL,
    locale: language,
    timezoneId: "Europe/Berlin",
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
    viewport: { width: 1280, height: 800 },
    ...(phone && PHONE),
  });
  context.setDefaultTimeout(PATIENCE_MS);
  if (as !== null) await signIn(context, as);
  return context;
}

/** Signs in without the page, so that only the scenarios about signing in depend on that. */
export async function signIn(context: BrowserContext, name: Name): Promise<void> {
  const answer = await context.request.post("/session", {
    data: { user_name: name, password: passwordOf(name) },
    headers: { origin: BASE_URL },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Collects errors and warnings, and what the page's policy has refused. */
function listenTo(page: Page): string[] {
  const said: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) said.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => said.push(`uncaught: ${error.stack ?? error.message}`));
  return said;
}

/** Opens a page, and waits until its heading is there and nothing is being loaded any more. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator("h1").first().waitFor();
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
}

/** Expects no fault against WCAG 2.2 AA that a program can find. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await page.evaluate((wanted) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: wanted }), tags);
  const faults = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`));
  expect(faults.join("\n"), "what axe finds").toBe("");
}

/** Presses a key until something has the focus, as somebody does who has no mouse. */
export async function reach(page: Page, wanted: Locator, key = "Tab", most = 80): Promise<void> {
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (await hasFocus(wanted)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${String(wanted)}`);
}

async function hasFocus(wanted: Locator): Promise<boolean> {
  return (await wanted.count()) > 0 && (await wanted.first().evaluate((element) => element === document.activeElement));
}
