import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { prismaOrders } from "#server/infra/prisma/orders.ts";
import { atHome, type Home } from "#tests/aria-at-home.ts";
import { applyUntil, MIGRATION_NAMES, paintThen } from "#tests/older-schema.ts";
import { seeded } from "#tests/seeded.ts";
import { listFile, pictureFile, picturesIn } from "./backup-folder.ts";
import { makeBackup } from "./make-backup.ts";
import { type Restoring, restoreBackup } from "./restore-backup.ts";
import { connect, lock } from "./rows.ts";

const MIGRATIONS = path.resolve("prisma/migrations");
const QUIET = { onProgress: () => {}, signal: new AbortController().signal };

async function home(options?: { migrated: boolean }): Promise<Home> {
  const there = await atHome(options);
  onTestFinished(there.leave);
  return there;
}

async function backUp({ url, places }: Home, at = new Date()) {
  const client = await connect(url);
  return makeBackup(client, places, { ...QUIET, kind: "asked", now: at }).finally(() => client.end());
}

async function restore({ url, places }: Home, id: string, more: Partial<Restoring> = {}) {
  const client = await connect(url);
  const how = { ...QUIET, now: new Date(), migrationsDir: MIGRATIONS, withRestorePoint: true, ...more };
  return restoreBackup(client, places, id, how).finally(() => client.end());
}

/** Another day: other artworks, one fewer of the old, another secret. */
async function liveOn({ db, paint, places }: Home): Promise<void> {
  const old = await db.artwork.findFirstOrThrow({ orderBy: { createdAt: "asc" } });
  await db.$transaction([
    db.artwork.delete({ where: { id: old.id } }),
    db.order.delete({ where: { id: old.orderId } }),
  ]);
  rmSync(path.join(places.dataDir, "blobs", old.sha256.slice(0, 2), `${old.sha256}.png`));
  await paint(2);
  writeFileSync(path.join(places.dataDir, "ticket-secret"), "b".repeat(64));
}

it("brings back every row, picture and secret as they were, and what was given up can be had back too", async () => {
  const there = await home();
  await there.paint(6);
  const secret = readFileSync(path.join(there.places.dataDir, "ticket-secret"), "utf8");
  const { files: pictures, ...rows } = await there.contents();
  const { id } = await backUp(there);
  await liveOn(there);
  const { files: _later, ...laterRows } = await there.contents();
  expect(laterRows).not.toEqual(rows);

  const { restorePoint } = await restore(there, id);
  const { files: restored, ...restoredRows } = await there.contents();
  expect(restoredRows).toEqual(rows);
  expect(restored?.split(" ")).toEqual(expect.arrayContaining(pictures!.split(" ")));
  expect(readFileSync(path.join(there.places.dataDir, "ticket-secret"), "utf8")).toBe(secret);
  // What the database computes is there again, and numbers go on from where they were.
  expect(
    await there.db.$queryRaw`select count(*)::int as n from artworks where search @@ to_tsquery('english', 'quotes')`,
  ).toEqual([{ n: 6 }]);
  const artist = await there.db.artist.findFirstOrThrow();
  const episode = { artistId: artist.id, at: new Date(), kind: "work", text: "", key: randomUUID() };
  await there.db.episode.create({ data: episode });

  await there.db.episode.deleteMany({ where: { key: episode.key } });
  await restore(there, restorePoint!);
  const { files: _back, ...backRows } = await there.contents();
  expect(backRows).toEqual(laterRows);
});

it("comes to an empty data folder on another machine", async () => {
  const there = await home();
  await there.paint(3);
  const { id } = await backUp(there);
  const elsewhere = await home({ migrated: false });
  cpSync(there.places.dir, elsewhere.places.dir, { recursive: true });
  expect(await restore(elsewhere, id)).toMatchObject({ restorePoint: null });
  expect(await elsewhere.contents()).toEqual(await there.contents());
});

it("has an order that waited, or was being painted, painted", async () => {
  const there = await home();
  await there.paint(2);
  const [first, second] = await there.db.order.findMany({ orderBy: { id: "asc" } });
  await there.db.artwork.deleteMany();
  await there.db.order.update({ where: { id: first!.id }, data: { state: "waiting" } });
  const leaseUntil = new Date(Date.now() - 1);
  await there.db.order.update({ where: { id: second!.id }, data: { state: "painting", leaseUntil } });
  const { id } = await backUp(there);
  await there.db.order.deleteMany();
  await restore(there, id);
  expect(await prismaOrders(there.db, null).requeueAbandoned(new Date())).toBe(2);
  const jobs = await there.db.$queryRaw<{ key: string }[]>`select key from graphile_worker.jobs order by key`;
  expect(jobs).toEqual([{ key: first!.id }, { key: second!.id }]);
});

it("refuses a backup of which any one byte is flipped, and changes nothing", { timeout: 120_000 }, async () => {
  const there = await home();
  await there.paint(3);
  const { id } = await backUp(there);
  await liveOn(there);
  const before = await there.contents();
  const folder = path.join(there.places.dir, id);
  const [picture] = picturesIn(readFileSync(listFile(folder), "utf8"));
  const files = [
    path.join(folder, "manifest.json"),
    listFile(folder),
    pictureFile(there.places.dir, picture!.sha256),
    path.join(folder, "files/ticket-secret"),
    ...readdirSync(path.join(folder, "tables")).map((name) => path.join(folder, "tables", name)),
  ];
  const chance = seeded(7);
  for (const file of files) {
    const whole = readFileSync(file);
    for (let round = 0; round < 3; round++) {
      const bad = Buffer.from(whole);
      const at = Math.floor(chance() * bad.length);
      bad[at] = bad[at]! ^ (1 << Math.floor(chance() * 8));
      writeFileSync(file, bad);
      await expect(restore(there, id), `byte ${at} of ${file}`).rejects.toMatchObject({ code: "INVALID" });
    }
    writeFileSync(file, whole);
  }
  expect(await there.contents()).toEqual(before);
  expect(readdirSync(there.places.dir).sort()).toEqual([id, "pictures"].sort());
  await expect(restore(there, id)).resolves.toMatchObject({ manifest: { id } });
});

it("refuses a backup that lacks a picture, and one that there is not", async () => {
  const there = await home();
  await there.paint(1);
  const { id } = await backUp(there);
  const [picture] = picturesIn(readFileSync(listFile(path.join(there.places.dir, id)), "utf8"));
  rmSync(pictureFile(there.places.dir, picture!.sha256));
  await expect(restore(there, id)).rejects.toThrow(`Its picture ${picture!.sha256} is missing.`);
  await expect(restore(there, "20000101T000000000Z")).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(readdirSync(there.places.dir).sort()).toEqual([id, "pictures"].sort());
});

it("refuses while a studio is at work on the database", async () => {
  const there = await home();
  await there.paint(1);
  const { id } = await backUp(there);
  await there.db.studio.create({ data: { id: "a studio", seenAt: new Date() } });
  await expect(restore(there, id)).rejects.toThrow("A studio is at work on this database.");
});

describe("where the schema has moved on", () => {
  it("brings an older backup up to date", async () => {
    const then = await home({ migrated: false });
    const client = await connect(then.url);
    await applyUntil(client, "20261121210000_mind");
    const artist = (await client.query("select id from artists")).rows[0].id;
    const { sha256 } = await then.places.blobs.put(Buffer.from("a picture of that time"));
    const own = { artist_id: artist, title: "Keeper of the Light" };
    await paintThen(client, { order: own, artwork: { ...own, sha256 } });
    await client.query("update candidates set sha256 = $1", [sha256]);
    await client.end();
    const { id, migrations } = await backUp(then);
    expect(migrations.at(-1)?.name).toBe("20261121210000_mind");

    await restore(then, id);
    const applied = await then.db.$queryRaw<{ name: string }[]>`
      select migration_name as name from _prisma_migrations order by migration_name`;
    expect(applied.map(({ name }) => name)).toEqual(MIGRATION_NAMES);
    expect(await then.db.artwork.findMany()).toMatchObject([{ title: "Keeper of the Light", sha256 }]);
    // Prisma's own engine finds nothing left to do.
    const env = { ...process.env, DATABASE_URL: then.url };
    const migrated = spawnSync(process.execPath, ["scripts/migrate.mjs"], { env, encoding: "utf8" });
    expect(migrated).toMatchObject({ status: 0, stdout: "" });
  });

  it("refuses one of a later Aria, or of another history, and changes nothing", async () => {
    const there = await home();
    await there.paint(1);
    const { id } = await backUp(there);
    const before = await there.contents();
    const older = mkdtempSync(path.join(tmpdir(), "aria-migrations-"));
    onTestFinished(() => rmSync(older, { recursive: true }));
    for (const name of MIGRATION_NAMES.slice(0, -1))
      cpSync(path.join(MIGRATIONS, name), path.join(older, name), { recursive: true });
    await expect(restore(there, id, { migrationsDir: older })).rejects.toThrow(MIGRATION_NAMES.at(-1));
    const last = path.join(older, MIGRATION_NAMES.at(-1)!);
    cpSync(path.join(MIGRATIONS, MIGRATION_NAMES.at(-1)!), last, { recursive: true });
    writeFileSync(path.join(last, "migration.sql"), "select 1;");
    await expect(restore(there, id, { migrationsDir: older })).rejects.toThrow("its schema has another");
    expect(await there.contents()).toEqual(before);
  });

  it("changes nothing where a migration fails on the old rows", async () => {
    const there = await home();
    await there.paint(2);
    const { id } = await backUp(there);
    await liveOn(there);
    const { files: _files, ...before } = await there.contents();
    const newer = mkdtempSync(path.join(tmpdir(), "aria-migrations-"));
    onTestFinished(() => rmSync(newer, { recursive: true }));
    cpSync(MIGRATIONS, newer, { recursive: true });
    const last = path.join(newer, "29990101000000_later");
    cpSync(path.join(MIGRATIONS, MIGRATION_NAMES[0]!), last, { recursive: true });
    writeFileSync(path.join(last, "migration.sql"), `alter table artworks add check (title = 'none is called so');`);
    await expect(restore(there, id, { migrationsDir: newer })).rejects.toThrow("violated by some row");
    const { files: _now, ...after } = await there.contents();
    expect(after).toEqual(before);
  });
});

describe("killed with -9", () => {
  it.each([
    ["verifying", 3],
    ["tables", 2],
    ["pictures", 1],
    ["rows", 1],
    ["rows", 9],
    ["rows", 18],
  ] as const)("at %s %i, leaves all as it was, and the next one goes through", async (stage, done) => {
    const there = await home();
    await there.paint(4);
    const { files: pictures, ...rows } = await there.contents();
    const { id } = await backUp(there);
    await liveOn(there);
    const { files: filesBefore, ...before } = await there.contents();
    const args = [there.url, there.places.dir, there.places.dataDir, id, stage, String(done)];
    const run = spawnSync(process.execPath, ["--import", "tsx", "tests/killed-restore.ts", ...args], {
      encoding: "utf8",
    });
    expect(run, run.stderr).toMatchObject({ signal: "SIGKILL", stdout: "" });
    // PostgreSQL notices that nobody is there any more.
    const client = await connect(there.url);
    await vi.waitFor(async () => expect(await lock(client)).toBe(true), 10_000);
    await client.end();
    const { files: filesAfter, ...after } = await there.contents();
    expect(after).toEqual(before);
    expect(filesAfter!.split(" ")).toEqual(expect.arrayContaining(filesBefore!.split(" ")));
    expect(readFileSync(path.join(there.places.dataDir, "ticket-secret"), "utf8")).toBe("b".repeat(64));

    await restore(there, id);
    const { files: restored, ...restoredRows } = await there.contents();
    expect(restoredRows).toEqual(rows);
    expect(restored!.split(" ")).toEqual(expect.arrayContaining(pictures!.split(" ")));
  });
});
