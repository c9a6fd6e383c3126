import type { KnipConfig } from "knip";

export default {
  entry: [
    "scripts/*.{mjs,ts}",
    "scripts/launcher/guard.mjs",
    "server/studio.ts",
    "app/pwa/service-worker.ts",
    "server/infra/prisma/generated/client.ts",
    "inference/main.ts",
    "inference/runtime/{engine,scorer-child}.ts",
    "inference/models/tasks/task-child.ts",
    "inference/models/install/first-load.ts",
    "tests/killed-restore.ts",
  ],
  project: ["**/*.{ts,tsx,mjs,css}", "!server/infra/prisma/generated/**"],
  ignoreExportsUsedInFile: true,
  // Tailwind is imported by app/globals.css alone.
  compilers: { css: (text: string) => [...text.matchAll(/@import[^;]+/g)].join("\n").replaceAll("@import", "import") },
} satisfies KnipConfig;
