import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests/e2e",
  // Emptied at each start, so not where the unit tests left their report.
  outputDir: "test-results/e2e",
  testMatch: "*.spec.ts",
  snapshotPathTemplate: "{testDir}/looks/{arg}{ext}",
  // One Aria on two cores: more browsers would only wait for each other.
  workers: 1,
  // A second try is told of by name (scripts/test.mjs): on a busy machine a browser may be late.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      // Found, or fetched, by scripts/launcher/chromium.mjs.
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    },
  },
});
