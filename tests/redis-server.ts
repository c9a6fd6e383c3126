/** A Redis of a test's own on loopback, that may go away and come back on the same port. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./aria-process.ts";

export const isRedisMissing = spawnSync("redis-server", ["--version"]).error !== undefined;
if (isRedisMissing)
  console.warn(
    "redis-server is not here (Debian: apt-get install redis-server): what processes share is tested elsewhere",
  );
/** Where nothing may be skipped. */
export const mustHaveRedis = process.env.CI === "true";

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

export async function startRedis() {
  const dir = mkdtempSync(path.join(tmpdir(), "aria-redis-"));
  const port = await freePort();
  const flags = ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir, "--save", "", "--appendonly", "no"];
  let server: ChildProcess;
  const start = async () => {
    server = spawn("redis-server", flags, { stdio: "ignore" });
    while (!(await answers(port))) await sleep(20);
  };
  const stop = () =>
    new Promise<void>((gone) => {
      server.once("exit", () => gone());
      server.kill("SIGKILL");
    });
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    /** Whatever was in it is gone, as nothing here is kept. */
    stop,
    start,
    async end() {
      await stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
export type RedisServer = Awaited<ReturnType<typeof startRedis>>;
