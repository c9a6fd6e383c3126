/** Keeps child processes running: their lines are prefixed, a dead one comes back after a growing pause. */
import { spawn } from "node:child_process";
import fs from "node:fs";
import { constants, getPriority, setPriority } from "node:os";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** What ran for so long did not end because of how it starts. */
const STEADY_AFTER_MS = 10_000;
const KILL_AFTER_MS = 8_000;

export class Programs {
  #children = new Map();
  #stopping = false;
  #options;

  /** @param {{ root: string, env: NodeJS.ProcessEnv, say: (line: string) => void, guard: { add(pid: number): void, gone(pid: number): void } }} options */
  constructor(options) {
    this.#options = options;
  }

  /** `stepsBack`: "whole", or "session" where it does so itself with what needs to: whoever only asks for a page goes first. */
  start(name, args, { stepsBack = null, pauseMs = FIRST_PAUSE_MS } = {}) {
    const { root, env, say, guard } = this.#options;
    const startedAt = Date.now();
    // Its own process group: Ctrl-C reaches the launcher alone, which stops the programs in order.
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    this.#children.set(name, child);
    guard.add(child.pid);
    if (stepsBack && child.pid) stepBack(child.pid, stepsBack);
    for (const stream of [child.stdout, child.stderr]) relay(stream, (line) => this.#hear(name, line));
    child.once("exit", (code, signal) => {
      this.#children.delete(name);
      guard.gone(child.pid);
      if (this.#stopping) return;
      const pause = Date.now() - startedAt > STEADY_AFTER_MS ? FIRST_PAUSE_MS : pauseMs;
      say(`${name} stopped (${signal ?? code}); it starts again in ${pause} ms`);
      const again = { stepsBack, pauseMs: Math.min(pause * 2, LONGEST_PAUSE_MS) };
      setTimeout(() => this.#stopping || this.start(name, args, again), pause);
    });
  }

  #hear(name, line) {
    if (process.env.ARIA_VERBOSE || /"level":(50|60)|error|Error/.test(line)) console.error(`  ${name} | ${line}`);
  }

  async stop() {
    this.#stopping = true;
    const leaving = [...this.#children.values()].map(
      (child) =>
        new Promise((gone) =>
          (child.exitCode ?? child.signalCode ?? null) !== null ? gone() : child.once("exit", gone),
        ),
    );
    this.#signal("SIGTERM");
    const force = setTimeout(() => this.#signal("SIGKILL"), KILL_AFTER_MS);
    await Promise.all(leaving);
    clearTimeout(force);
  }

  #signal(signal) {
    for (const child of this.#children.values()) {
      try {
        process.kill(-child.pid, signal);
      } catch {
        child.kill(signal); // a platform without process groups
      }
    }
  }
}

/**
 * From the outside and at once, for the threads it will have. Linux counts a process's own priority within its session alone
 * where it groups by session (sched(7), autogroup), and the session's against the others.
 */
function stepBack(pid, what) {
  const below = constants.priority.PRIORITY_BELOW_NORMAL;
  try {
    if (what === "whole" && getPriority(pid) < below) setPriority(pid, below);
    fs.writeFileSync(`/proc/${pid}/autogroup`, String(below));
  } catch {
    // No Linux, none that groups, or one that forbids it.
  }
}

function relay(stream, hear) {
  let rest = "";
  stream.on("data", (bytes) => {
    const lines = (rest + bytes).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim()) hear(line);
  });
}
