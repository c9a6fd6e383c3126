/** Two web, two studio and two inference processes on one PostgreSQL, with a Redis and an S3 store: no two of them share a folder. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import type { ClientToServer, OrderProgress, ServerToClient } from "#contracts/generation-events.ts";
import { s3Blobs } from "#server/infra/blobs/s3-blobs.ts";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { createAriaClient } from "#server/transport/client.ts";
import { freePort, temporaryDataDir } from "#tests/aria-process.ts";
import { startRedis } from "#tests/redis-server.ts";
import { S3_KEYS, startS3 } from "#tests/s3-server.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const UP_WITHIN_MS = 400_000;
const BUCKET = "aria";

export interface Program {
  readonly name: string;
  readonly url: string;
  readonly child: ChildProcess;
  /** What it has said, for whoever asks why. */
  readonly lines: readonly string[];
}

interface Started {
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
}

async function startProgram(
  started: Started,
  name: string,
  command: readonly string[],
  more: object,
): Promise<Program> {
  const port = await freePort();
  const dataDir = path.join(started.dir, name);
  mkdirSync(dataDir, { recursive: true });
  const ports = { INFERENCE_PORT: String(port), STUDIO_METRICS_PORT: String(port), PORT: String(port) };
  const folders = { ARIA_DATA_DIR: dataDir, MODELS_DIR: path.join(dataDir, "models") };
  const env = { ...started.env, ...folders, ...ports, ...more };
  const [file = "", ...args] = command;
  const child = spawn(file, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes: Buffer) => lines.push(...String(bytes).split("\n").filter(Boolean)));
  return { name, url: `http://127.0.0.1:${port}`, child, lines };
}

export const readiness = async ({ url }: Program): Promise<number> =>
  (await fetch(`${url}/health/ready`).catch(() => null))?.status ?? 0;

async function untilUp(program: Program): Promise<void> {
  for (const until = Date.now() + UP_WITHIN_MS; (await readiness(program)) !== 200; await sleep(100))
    if (Date.now() > until || program.child.exitCode !== null)
      throw new Error(`${program.name} did not come up:\n${program.lines.join("\n")}`);
}

async function startDatabase(dataDir: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const { startPostgres } = await import("../../scripts/launcher/postgres.mjs");
  let stop = async () => {};
  const onStop = (end: () => Promise<void>) => {
    stop = end;
  };
  const guard = { add: () => {}, gone: () => {} };
  const url = await startPostgres({ dataDir, say: () => {}, guard, onStop });
  const env = { ...process.env, DATABASE_URL: url };
  const migrated = spawnSync(process.execPath, ["scripts/migrate.mjs"], { cwd: ROOT, env, encoding: "utf8" });
  if (migrated.status !== 0) throw new Error(`the database could not be migrated: ${migrated.stderr}`);
  return { url, stop: () => stop() };
}

/** What everyone is told, but for a port, a folder and where inference runs. */
function environment(told: { databaseUrl: string; redisUrl: string; s3Url: string }): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: told.databaseUrl,
    REDIS_URL: told.redisUrl,
    S3_URL: told.s3Url,
    S3_ACCESS_KEY_ID: S3_KEYS.accessKeyId,
    S3_SECRET_ACCESS_KEY: S3_KEYS.secretAccessKey,
    TICKET_SECRET: "t".repeat(32),
    BUILT_IN_MODELS: path.join(ROOT, "models"),
    ENGINE_THREADS: "1",
    DRAIN_NOTICE_SECONDS: "1",
    DRAIN_SECONDS: "150",
  };
}

/** As the images start them, `deploy/docker/Dockerfile`; web on loopback, where nobody signs in. */
const COMMANDS = {
  inference: ["sh", "deploy/docker/inference.sh"],
  studio: ["node", "--enable-source-maps", "dist/server/studio.js"],
  web: ["node", "scripts/web.mjs"],
};

export type Fleet = Awaited<ReturnType<typeof startFleet>>;

export async function startFleet() {
  const { dir, remove } = temporaryDataDir();
  const [redis, s3, database] = await Promise.all([startRedis(), startS3([BUCKET]), startDatabase(dir)]);
  const env = environment({ databaseUrl: database.url, redisUrl: redis.url, s3Url: s3.urlOf(BUCKET) });
  const started = { dir, env };
  const programs: Program[] = [];
  const startTwo = async (what: keyof typeof COMMANDS, more: object = {}) => {
    const names = [`${what}-1`, `${what}-2`];
    const two = await Promise.all(names.map((name) => startProgram(started, name, COMMANDS[what], more)));
    programs.push(...two);
    return two;
  };
  const inference = await startTwo("inference");
  const where = { INFERENCE_URL: inference.map(({ url }) => url).join(",") };
  const [studio, web] = await Promise.all([startTwo("studio", where), startTwo("web", where)]);
  await Promise.all(programs.map(untilUp));
  const db = openDatabase(database.url);
  return {
    inference,
    studio,
    web,
    redis,
    db,
    blobs: s3Blobs({ ...S3_KEYS, url: s3.urlOf(BUCKET) }),
    async end() {
      for (const { child } of programs) child.kill("SIGKILL");
      await db.$disconnect();
      await Promise.all([redis.end(), s3.end(), database.stop()]);
      remove();
    },
  };
}

export interface Viewer {
  readonly progress: OrderProgress[];
  /** When each stroke came, by `performance.now()`. */
  readonly strokesAt: number[];
  leave(): void;
}

/** As a browser watches: by web, with a ticket of web's, over and again. */
export function watchBy({ url }: Program, orderId: string): Viewer {
  const aria = createAriaClient({ url });
  const socket: Socket<ServerToClient, ClientToServer> = io(url, { transports: ["websocket"], forceNew: true });
  const progress: OrderProgress[] = [];
  const strokesAt: number[] = [];
  const watch = async () => {
    const { ticket } = await aria.order.ticket.query(orderId as never);
    await socket.timeout(3_000).emitWithAck("order:watch", ticket);
  };
  const keepTrying = () => void watch().catch(() => socket.connected && setTimeout(keepTrying, 500));
  socket.on("connect", keepTrying);
  socket.on("order:progress", (told) => void progress.push(told));
  socket.on("order:stroke", () => void strokesAt.push(performance.now()));
  return { progress, strokesAt, leave: () => void socket.close() };
}
