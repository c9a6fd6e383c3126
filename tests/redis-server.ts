/** Debian's redis-server on a free port of this machine, with nothing on disk. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "#tests/aria-process.ts";

export const isRedisMissing = spawnSync("redis-server", ["--version"]).error !== undefined;
if (isRedisMissing) console.warn("redis-server is not here (Debian: apt-get install redis-server): tested elsewhere");

const READY_WITHIN_MS = 10_000;

export interface RedisServer {
  readonly url: string;
  /** As if the machine had gone: nothing is said to whoever is connected. */
  kill(): Promise<void>;
  /** At the same address, with nothing in it. */
  start(): Promise<void>;
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let running: ChildProcess;
  const server: RedisServer = {
    url,
    async start() {
      const quiet = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1"];
      running = spawn("redis-server", ["--port", String(port), ...quiet], { stdio: "ignore" });
      await untilReady(url);
    },
    kill: () =>
      new Promise((gone) => {
        running.once("exit", () => gone());
        running.kill("SIGKILL");
      }),
  };
  await server.start();
  return server;
}

async function untilReady(url: string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  const redis = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  redis.on("error", () => {});
  while ((await Promise.race([redis.ping(), sleep(100)])) !== "PONG")
    if (Date.now() > until) throw new Error(`redis-server did not answer at ${url}`);
  redis.disconnect();
}
