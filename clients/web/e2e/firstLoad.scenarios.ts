import { readFileSync, statSync } from "node:fs";

import { expect } from "vitest";

import { open, scenario } from "./house.ts";

const DIST = new URL("../dist", import.meta.url).pathname;
const MOST_BYTES = 250_000;
/** The page's own mark of when it is in use, with nothing on its way, and begins to read ahead (src/app/quiet.ts). */
const QUIET = "scriba.quiet";

/** Adds up what lies compressed beside the files that a page has fetched, and names the largest. */
function compressed(paths: readonly string[], ending: string): { readonly bytes: number; readonly largest: string } {
  const sizes = paths.map((path) => [statSync(`${DIST}${path}${ending}`).size, path] as const).sort(([one], [other]) => other - one);
  return { bytes: sizes.reduce((sum, [size]) => sum + size, 0), largest: sizes.slice(0, 15).join("\n") };
}

for (const address of ["/", "/documents"]) {
  scenario(`all that ${address} fetches before it can be used is small, and comes compressed`, async (page) => {
    await open(page, address);
    await page.waitForFunction((quiet) => performance.getEntriesByName(quiet).length > 0, QUIET);
    const fetched = await page.evaluate((quiet) => {
      const [mark] = performance.getEntriesByName(quiet);
      return (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
        .filter(({ name, startTime }) => new URL(name).pathname.startsWith("/assets/") && startTime < (mark?.startTime ?? Infinity))
        .map(({ name, encodedBodySize, decodedBodySize }) => ({ path: new URL(name).pathname, encodedBodySize, decodedBodySize }));
    }, QUIET);
    const paths = ["/index.html", ...new Set(fetched.map(({ path }) => path))];
    expect(readFileSync(`${DIST}/index.html`, "utf8")).toContain(paths[1]);
    expect(fetched.filter(({ encodedBodySize, decodedBodySize }) => decodedBodySize > 1500 && encodedBodySize >= decodedBodySize)).toEqual([]);
    for (const ending of [".br", ".gz"]) {
      const { bytes, largest } = compressed(paths, ending);
      expect(bytes, largest).toBeLessThan(MOST_BYTES);
    }
  });
}
