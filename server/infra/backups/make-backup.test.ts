import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import type { BackupId } from "#contracts/backups.ts";
import { prismaOrders } from "#server/infra/prisma/orders.ts";
import { atHome, type Home } from "#tests/aria-at-home.ts";
import { hang } from "#tests/hung-artworks.ts";
import { listFile, pictureFile, picturesIn, sha256Of } from "./backup-folder.ts";
import { backupKeeper } from "./backup-keeper.ts";
import { type BackupPlaces, makeBackup, NAMED_IN } from "./make-backup.ts";
import { connect } from "./rows.ts";
import { type Told, verifyBackup } from "./verify-backup.ts";

async function home(): Promise<Home> {
  const there = await atHome();
  onTestFinished(there.leave);
  return there;
}

const QUIET: Told = { onProgress: () => {}, signal: new AbortController().signal };

async function backUp(url: string, places: BackupPlaces, told: Partial<Told> = {}) {
  const client = await connect(url);
  const how = { ...QUIET, ...told, kind: "asked" as const, now: new Date() };
  return makeBackup(client, places, how).finally(() => client.end());
}

const filesUnder = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

it("holds every row and every picture, sound to the last byte, and for its owner alone", async () => {
  const { url, db, places, paint } = await home();
  await paint(5);
  const manifest = await backUp(url, places);
  expect(manifest.tables.find(({ name }) => name === "artworks")).toMatchObject({ rows: 5 });
  expect(manifest.tables.find(({ name }) => name === "artworks")?.columns).not.toContain("search");
  expect(manifest).toMatchObject({
    pictures: { count: 5, bytes: 10_000 },
    lost: [],
    files: [{ name: "ticket-secret" }],
  });
  expect(manifest.tables.map(({ name }) => name)).not.toContain("studios");
  const { faults, pictures } = await verifyBackup(places.dir, manifest.id, { ...QUIET, now: new Date() });
  expect(faults).toEqual([]);
  const named = await prismaOrders(db, null).knownFiles(pictures.map(({ sha256 }) => sha256));
  expect(named.size).toBe(5);
  for (const file of filesUnder(places.dir)) expect(statSync(file).mode & 0o077).toBe(0);
});

it("knows every column that names a file", async () => {
  const { db } = await home();
  const columns = await db.$queryRaw<{ table: string; column: string }[]>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and column_name in ('sha256', 'film', 'sketch')`;
  // An artwork's is its candidate's.
  const own = columns.filter(({ table, column }) => !(table === "artworks" && column === "sha256"));
  expect(own.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(
    NAMED_IN.map((pair) => pair.join(".")).sort(),
  );
});

it("holds a picture once, however many backups name it", async () => {
  const { url, places, paint } = await home();
  await paint(4);
  const first = await backUp(url, places);
  const inode = () => filesUnder(path.join(places.dir, "pictures")).map((file) => statSync(file).ino);
  const before = inode();
  await backUp(url, places);
  expect(inode()).toEqual(before);
  expect(before).toHaveLength(first.pictures.count);
});

it("brings a picture anew that went bad where backups lie, and says which were lost before it came", async () => {
  const { url, places, paint } = await home();
  await paint(3);
  const first = await backUp(url, places);
  const [bad, gone] = picturesIn(readFileSync(listFile(path.join(places.dir, first.id)), "utf8"));
  truncateSync(pictureFile(places.dir, bad!.sha256), 10);
  for (const dir of [path.join(places.dataDir, "blobs"), path.join(places.dir, "pictures")])
    rmSync(path.join(dir, gone!.sha256.slice(0, 2), `${gone!.sha256}.png`));
  const second = await backUp(url, places);
  expect(sha256Of(readFileSync(pictureFile(places.dir, bad!.sha256)))).toBe(bad!.sha256);
  expect(second).toMatchObject({ lost: [gone!.sha256], pictures: { count: 2 } });
});

it("is one moment's, while rows and pictures come and go", async () => {
  const { url, db, places, paint } = await home();
  await paint(20);
  const done = new AbortController();
  const busy = (async () => {
    for (let i = 0; !done.signal.aborted; i++) {
      await sleep(20);
      const { sha256 } = await places.blobs.put(Buffer.from(randomUUID()));
      const id = await hang(db, { sha256 });
      // Thrown away for good, and its file swept, as the studio does it, while the backup is made.
      if (i % 3 === 0) {
        const old = await db.artwork.findFirstOrThrow({ orderBy: { createdAt: "asc" }, where: { id: { not: id } } });
        await db.$transaction([
          db.artwork.delete({ where: { id: old.id } }),
          db.order.delete({ where: { id: old.orderId } }),
        ]);
        rmSync(path.join(places.dataDir, "blobs", old.sha256.slice(0, 2), `${old.sha256}.png`));
      }
    }
  })();
  onTestFinished(() => {
    done.abort();
    return busy;
  });
  for (let round = 0; round < 5; round++) {
    const manifest = await backUp(url, places);
    const rowsOf = (table: string) => manifest.tables.find(({ name }) => name === table)?.rows;
    expect(rowsOf("artworks")).toBe(rowsOf("candidates"));
    expect(manifest).toMatchObject({ pictures: { count: rowsOf("artworks") }, lost: [] });
    expect((await verifyBackup(places.dir, manifest.id, { ...QUIET, now: new Date() })).faults).toEqual([]);
  }
});

it("is none while it is not whole; what was brought is not brought again", async () => {
  const { url, places, paint } = await home();
  await paint(12);
  const stop = new AbortController();
  const onProgress: Told["onProgress"] = ({ stage, done }) => {
    if (stage === "pictures" && done === 6) stop.abort(new Error("the light went out"));
  };
  await expect(backUp(url, places, { signal: stop.signal, onProgress })).rejects.toThrow("the light went out");
  const keeper = backupKeeper(url, places);
  expect((await keeper.read()).kept).toEqual([]);
  let read = 0;
  const counting = {
    ...places.blobs,
    read(sha256: string) {
      read++;
      return places.blobs.read(sha256);
    },
  };
  const manifest = await backUp(url, { ...places, blobs: counting });
  expect(read).toBeLessThanOrEqual(6);
  expect(readdirSync(places.dir).sort()).toEqual([manifest.id, "pictures"].sort());
});

it("leaves no half of one behind where the disk is full", async () => {
  const { url, places, paint } = await home();
  await paint(2);
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  const blobs = { ...places.blobs, read: () => Promise.reject(full) };
  await expect(backUp(url, { ...places, blobs })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(filesUnder(places.dir)).toEqual([]);
});

it("is made by one at a time; one that is given up takes the pictures along that no other holds", async () => {
  const { url, db, places, paint } = await home();
  const keeper = backupKeeper(url, places);
  const { signal } = new AbortController();
  await paint(2);
  const made = await Promise.all([keeper.make("asked", signal), keeper.make("asked", signal)]);
  const [first, ...others] = made.filter((card) => card !== null);
  expect(others).toEqual([]);
  expect(first).toMatchObject({ artworks: 2, faults: 0, kind: "asked", verifiedAt: expect.any(Date) });
  await db.artwork.deleteMany();
  await db.order.deleteMany();
  await paint(1);
  const second = await keeper.make("daily", signal);
  expect((await keeper.read()).kept.map(({ id }) => id)).toEqual([second!.id, first!.id]);
  expect(await keeper.remove([first!.id])).toBe(true);
  expect(existsSync(path.join(places.dir, first!.id))).toBe(false);
  expect(filesUnder(path.join(places.dir, "pictures"))).toHaveLength(1);
  expect((await keeper.read()).kept).toEqual([second]);
});

it("is asked for once, however often, and shows how far it is", async () => {
  const { url, places, paint } = await home();
  await paint(3);
  const keeper = backupKeeper(url, places);
  expect(await keeper.read()).toEqual({ kept: [], underWay: null, isAsked: false });
  await keeper.ask();
  await keeper.ask();
  expect(await keeper.read()).toMatchObject({ isAsked: true });
  let during: unknown;
  const read = async (sha256: string) => {
    during ??= (await keeper.read()).underWay;
    return places.blobs.read(sha256);
  };
  await backupKeeper(url, { ...places, blobs: { ...places.blobs, read } }).make("asked", new AbortController().signal);
  expect(during).toMatchObject({ stage: "tables", of: expect.any(Number) });
  expect(await keeper.read()).toMatchObject({ underWay: null });
});

it("shows one whose manifest cannot be believed as damaged", async () => {
  const { url, places, paint } = await home();
  await paint(1);
  const { id } = await backUp(url, places);
  truncateSync(path.join(places.dir, id, "manifest.json"), 40);
  const { kept } = await backupKeeper(url, places).read();
  expect(kept).toMatchObject([{ id: id as BackupId, faults: 1 }]);
});
