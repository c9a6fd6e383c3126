import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{contracts,app,server,inference,telemetry,tests,scripts}/**/*.test.ts"],
    exclude: ["node_modules", "tests/e2e/**"],
    expect: { requireAssertions: true },
    globalSetup: ["tests/database.ts"],
    // These machines are at times five times slower than at others, and more under coverage.
    testTimeout: 120_000,
    // One database for all: files take turns.
    fileParallelism: false,
    coverage: {
      provider: "v8",
      include: ["contracts/**/*.ts", "server/**/*.ts", "inference/**/*.ts", "telemetry/**/*.ts"],
      exclude: ["**/*.test.ts", "**/generated/**"],
      reporter: ["json"],
      reportOnFailure: true,
    },
  },
});
