/** Each check by a failure that is real where one can be had: a closed port, a folder without a door, a disk without room. */
import { randomUUID } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { createContainer } from "#server/container.ts";
import { fsBlobs } from "#server/infra/blobs/fs-blobs.ts";
import { inferenceClient } from "#server/infra/inference/inference-client.ts";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { prismaMigrations } from "#server/infra/prisma/migrations.ts";
import { prismaRepos } from "#server/infra/prisma/repos.ts";
import { prismaStudios } from "#server/infra/prisma/studios.ts";
import { machineOf } from "#server/infra/telemetry/machine.ts";
import type { Ports } from "#server/ports.ts";
import { ready } from "#server/transport/http/health.ts";
import { freePort } from "#tests/aria-process.ts";
import { newOrder } from "#tests/contracts/order-repo-contract.ts";
import { fakeGenerator, fakePorts } from "#tests/fakes.ts";
import { emptyTables, openTestDatabase, ownerIn } from "#tests/test-database.ts";

const db = openTestDatabase();
const owner = await ownerIn(db);
const dir = mkdtempSync(path.join(tmpdir(), "aria-health-"));
const blobs = fsBlobs(path.join(dir, "blobs"));
const now = new Date("2026-01-01T12:00:00Z");

const onDatabase = (url = db): Partial<Ports> => ({
  ...prismaRepos(url, owner),
  studios: prismaStudios(url),
  migrations: prismaMigrations(url, "prisma/migrations"),
});

async function health(overrides: Partial<Ports> = {}) {
  const ports = fakePorts({ ...onDatabase(), blobs, machine: machineOf(dir), now: () => now, ...overrides });
  const response = await ready(createContainer(ports));
  const { status, failing, checks } = await response.json();
  const details = Object.fromEntries(checks.map((one: { name: string; detail: string }) => [one.name, one.detail]));
  return { code: response.status, status, failing, details };
}

beforeEach(async () => {
  await emptyTables(db);
  await prismaStudios(db).beat("studio", now);
});
afterAll(async () => {
  await db.$disconnect();
  rmSync(dir, { recursive: true });
});

it("is ready where all is well, and names every check", async () => {
  const { code, status, failing, details } = await health();
  expect({ code, status, failing }).toEqual({ code: 200, status: "ready", failing: [] });
  expect(Object.keys(details).sort()).toEqual(
    ["database", "disk", "inference", "memory", "migrations", "model", "process", "queue", "storage", "studio"].sort(),
  );
});

it("says 503 and which, where inference does not answer", async () => {
  const generator = inferenceClient(`http://127.0.0.1:${await freePort()}`);
  expect(await health({ generator })).toMatchObject({
    code: 503,
    status: "not ready",
    failing: ["inference", "model"],
  });
});

it("says so where the pool could not open the model, with its reason", async () => {
  const painter = fakeGenerator();
  const generator = fakeGenerator({
    health: async () => {
      const { models, ...rest } = await painter.health();
      return {
        ...rest,
        models: models.map((card) => ({ ...card, state: "failed" as const, failure: "It is cut short." })),
      };
    },
  });
  const { code, failing, details } = await health({ generator });
  expect([code, failing, details.model]).toEqual([503, ["model"], "It is cut short."]);
});

it("says so where the database is closed, and in time where it is silent", async () => {
  const closed = openDatabase(`postgresql://aria@127.0.0.1:${await freePort()}/aria`);
  expect(await health(onDatabase(closed))).toMatchObject({ code: 503, failing: ["database"] });
  const held: { destroy: () => void }[] = [];
  const silent: Server = createServer((socket) => void held.push(socket));
  await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening));
  const address = silent.address() as { port: number };
  const mute = openDatabase(`postgresql://aria@127.0.0.1:${address.port}/aria`);
  const before = performance.now();
  expect(await health(onDatabase(mute))).toMatchObject({ code: 503, failing: ["database"] });
  expect(performance.now() - before).toBeLessThan(4_000);
  for (const socket of held) socket.destroy();
  silent.close();
});

it("names the migration that the database lacks", async () => {
  const folder = path.join(dir, "migrations");
  cpSync("prisma/migrations", folder, { recursive: true });
  mkdirSync(path.join(folder, "29991231000000_later"));
  const { failing, details } = await health({ migrations: prismaMigrations(db, folder) });
  expect([failing, details.migrations]).toEqual([["migrations"], "The database lacks 29991231000000_later."]);
});

it("says so where no picture can be stored", async () => {
  const file = path.join(dir, "no-folder");
  writeFileSync(file, "");
  expect(await health({ blobs: fsBlobs(file) })).toMatchObject({ code: 503, failing: ["storage"] });
});

it.runIf(process.getuid?.() === 0)("says so where the folder may only be read", async () => {
  const readOnly = path.join(dir, "read-only");
  mkdirSync(readOnly, { mode: 0o555 });
  // Root may write anywhere: the same process, as nobody.
  process.seteuid?.(65_534);
  try {
    expect((await health({ blobs: fsBlobs(readOnly) })).failing).toContain("storage");
  } finally {
    process.seteuid?.(0);
  }
});

it("says so where the disk has no room", async () => {
  const { freeDiskBytes } = machineOf("/proc");
  const { failing, details } = await health({ machine: { ...machineOf(dir), freeDiskBytes } });
  expect([failing, details.disk]).toEqual([["disk"], expect.stringMatching(/^Only 0 MB are free/)]);
});

it("says so where more than nine tenths of the memory are in use", async () => {
  const container = mkdtempSync(path.join(dir, "cgroup-"));
  const use = (bytes: number) => writeFileSync(path.join(container, "memory.current"), String(bytes));
  writeFileSync(path.join(container, "memory.max"), "1000");
  writeFileSync(path.join(container, "memory.stat"), "inactive_file 0\n");
  use(899);
  expect((await health({ machine: machineOf(dir, container) })).failing).toEqual([]);
  use(930);
  const { failing, details } = await health({ machine: machineOf(dir, container) });
  expect([failing, details.memory]).toEqual([["memory"], "93 % of the memory is in use."]);
});

it("says so where the line stands still, and not where it is merely long or paused", async () => {
  const { orders, line, artists } = prismaRepos(db, owner);
  const [artist] = await artists.list();
  const longAgo = new Date(now.getTime() - 11 * 60_000);
  const place = () => orders.place({ ...newOrder(artist!.id), id: randomUUID() as never, createdAt: longAgo });
  const { id } = await place();
  await place();
  const { code, failing, details } = await health();
  expect([code, failing]).toEqual([503, ["queue"]]);
  expect(details.queue).toBe("2 orders wait for up to 11 minutes, and nobody paints.");
  await line.setPaused(true);
  expect((await health()).failing).toEqual([]);
  await line.setPaused(false);
  await orders.claim(id, 8_000, now);
  expect((await health()).failing).toEqual([]);
});

it("says so where no studio has been heard of for a while", async () => {
  await prismaStudios(db).leave("studio");
  expect((await health()).failing).toEqual(["studio"]);
});
