import type { KnipConfig } from "knip";

export default {
  entry: [
    "scripts/*.{mjs,ts}",
    "scripts/launcher/guard.mjs",
    "server/studio.ts",
    "app/pwa/service-worker.ts",
    "server/infra/prisma/generated/client.ts",
    "inference/main.ts",
    "inference/runtime/engine.ts",
    "tests/killed-restore.ts",
  ],
  project: ["**/*.{ts,tsx,mjs,css}", "!server/infra/prisma/generated/**"],
  ignoreExportsUsedInFile: true,
  // Tailwind is imported by app/globals.css alone.
  compilers: { css: (text: string) => [...text.matchAll(/@import[^;]+/g)].join("\n").replaceAll("@import", "import") },
} satisfies KnipConfig;
