/**
 * Starts a program of our own, which wants every core for minutes, so that whoever only asks for a page goes first. Its
 * source where this runs from sources, else what scripts/bundle.mjs made of it.
 */
import { type ChildProcess, type ForkOptions, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { constants, getPriority, setPriority } from "node:os";
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
  const child = HERE.endsWith(".ts")
    ? fork(path.join(root, source), args, { ...options, execArgv: ["--import", "tsx"] })
    : fork(path.join(root, "dist", source.replace(/\.ts$/, ".js")), args, {
        ...options,
        execArgv: ["--enable-source-maps"],
      });
  if (child.pid !== undefined) stepBack(child.pid);
  return child;
}

/** From the outside and at once: its threads inherit it, which they would not if some were there when it did so itself. */
function stepBack(pid: number): void {
  const below = constants.priority.PRIORITY_BELOW_NORMAL;
  // Where Aria steps back further than that as a whole, nobody may take her forward.
  if (getPriority(pid) < below) setPriority(pid, below);
}
