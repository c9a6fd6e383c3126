/** Aria as a person starts her: the launcher in a process of its own, on a data folder that goes when the test does. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const READY_WITHIN_MS = 180_000;

export interface AriaProcess {
  readonly url: string;
  readonly dataDir: string;
  /** Every line the launcher has said, oldest first. */
  readonly lines: readonly string[];
  readonly pid: number;
  stop(): Promise<void>;
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/** A folder that PostgreSQL's own user may pass through, when the tests run as root. */
export function temporaryDataDir(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(path.join(tmpdir(), "aria-"));
  chmodSync(dir, 0o755);
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** Resolves once "Aria is ready" has been said. */
export async function startAria(
  dataDir: string,
  port: number,
  more: Readonly<Record<string, string>> = {},
): Promise<AriaProcess> {
  const env = { ...process.env, PORT: String(port), ARIA_DATA_DIR: dataDir, ...more };
  const child = spawn(process.execPath, ["scripts/start.mjs"], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (bytes: Buffer) => lines.push(...String(bytes).split("\n").filter(Boolean)));
  }
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!lines.some((line) => line.includes("Aria is ready"))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`Aria did not start:\n${lines.join("\n")}`);
    await new Promise((wake) => setTimeout(wake, 20));
  }
  return { url: `http://localhost:${port}`, dataDir, lines, pid: child.pid ?? 0, stop: () => stop(child) };
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGINT");
  });
}
