import { defineConfig } from "vitest/config";

/** Scenarios in a real browser, one after the other, since they share an archive; tests/browser starts them. */
export default defineConfig({
  test: {
    environment: "node",
    include: ["e2e/**/*.{scenarios,pictures,figures}.ts"],
    fileParallelism: false,
    testTimeout: 100_000,
    hookTimeout: 60_000,
    // As long as a scenario waits for what is on the page.
    expect: { poll: { timeout: 30_000, interval: 100 } },
  },
});
