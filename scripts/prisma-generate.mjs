/**
 * `prisma generate` without its engine download: the 7.x command line insists on a schema-engine binary that
 * generating never runs, so the documented override points at node itself (never /bin/true: see docs/pitfalls.md).
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const prisma = path.dirname(createRequire(import.meta.url).resolve("prisma/package.json"));
const { status } = spawnSync(process.execPath, [path.join(prisma, "build/index.js"), "generate", "--no-hints"], {
  stdio: ["ignore", "ignore", "inherit"],
  env: { ...process.env, CHECKPOINT_DISABLE: "1", PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
});
process.exit(status ?? 1);
