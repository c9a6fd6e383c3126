/**
 * Puts Aria's programs together from their TypeScript, a file each in dist/ and what they share beside it: they start
 * several times sooner so, and need neither a compiler nor its memory. Packages stay where they are. `bundle.mjs FOLDER` puts
 * them there instead, and removes nothing.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const PROGRAMS = [
  "server/studio.ts",
  "inference/main.ts",
  "inference/runtime/engine.ts",
  "inference/runtime/scorer-child.ts",
  "inference/models/tasks/task-child.ts",
  "inference/models/install/first-load.ts",
  // For images, which have no sources.
  "scripts/backup.ts",
  "scripts/restore.ts",
];

const [elsewhere] = process.argv.slice(2);
if (!elsewhere) fs.rmSync(path.join(root, "dist"), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: PROGRAMS,
  outdir: elsewhere ?? "dist",
  outbase: ".",
  bundle: true,
  splitting: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20",
  // What is logged names the source.
  sourcemap: true,
  sourcesContent: false,
  logLevel: "warning",
});
