import path from "node:path";
import { forkProgram } from "#inference/runtime/fork-program.ts";
import type { FirstLoad } from "./first-load.ts";
import { refusal } from "./refusal.ts";

const CHILD = "inference/models/install/first-load.ts";
export interface Trial {
  readonly env: NodeJS.ProcessEnv;
  readonly threads: number;
}

const LONGEST_MS = 10 * 60_000;

/** Opens the model in a child that ends afterwards, whatever happens in it. Throws INVALID where it does not open. */
export async function tryModel(dir: string, { env, threads }: Trial): Promise<Extract<FirstLoad, { kind: "opened" }>> {
  const child = forkProgram(CHILD, [dir, String(threads)], {
    env: { ...harmless(env), MALLOC_ARENA_MAX: "1" },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
  const said = await new Promise<FirstLoad>((resolve) => {
    child.once("message", (message: FirstLoad) => resolve(message));
    child.once("error", (error) => resolve({ kind: "refused", reason: String(error) }));
    child.once("exit", (code, signal) =>
      resolve({ kind: "refused", reason: `the process that opened it ended with ${signal ?? code}` }),
    );
  });
  clearTimeout(timer);
  child.kill("SIGKILL");
  if (said.kind === "refused") throw refusal(path.basename(dir), `does not open: ${said.reason}`);
  return said;
}

/** A stranger's model is opened with no token and no password in reach. */
function harmless(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const needed = Object.entries(env).filter(([name]) => NEEDED.test(name));
  return { NODE_ENV: env.NODE_ENV, ...Object.fromEntries(needed) };
}
const NEEDED = /^(PATH|HOME|TMPDIR|TEMP|LANG|LD_LIBRARY_PATH|SystemRoot)$/;
