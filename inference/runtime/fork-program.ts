/** Starts a program of our own: its source where this runs from sources, else what scripts/bundle.mjs made of it. */
import { type ChildProcess, type ForkOptions, fork } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const HERE = import.meta.filename;

function rootAbove(dir: string): string {
  return existsSync(path.join(dir, "package.json")) ? dir : rootAbove(path.dirname(dir));
}

/** `source`: from the folder of package.json, such as `inference/runtime/engine.ts`. */
export function forkProgram(
  source: string,
  args: readonly string[],
  options: Omit<ForkOptions, "execArgv">,
): ChildProcess {
  const root = rootAbove(path.dirname(HERE));
  if (HERE.endsWith(".ts")) return fork(path.join(root, source), args, { ...options, execArgv: ["--import", "tsx"] });
  const bundle = path.join(root, "dist", source.replace(/\.ts$/, ".js"));
  return fork(bundle, args, { ...options, execArgv: ["--enable-source-maps"] });
}
