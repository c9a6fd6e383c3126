/** How long a backup of many artworks takes, the next one, and the way back; and whether the way back brings the same. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { listIds } from "#server/infra/backups/backup-folder.ts";
import { makeBackup } from "#server/infra/backups/make-backup.ts";
import { restoreBackup } from "#server/infra/backups/restore-backup.ts";
import { connect, hashRows, listTables } from "#server/infra/backups/rows.ts";
import { verifyBackup } from "#server/infra/backups/verify-backup.ts";
import { fsBlobs } from "#server/infra/blobs/fs-blobs.ts";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { ownDatabase } from "#tests/own-database.ts";
import setUp from "../database.ts";
import { report, timedMs } from "./figures.ts";
import { seedGallery } from "./seed-gallery.ts";

const ARTWORKS = 10_000;
/** About what the built-in painter's PNGs of 256 by 256 take. */
const PICTURE_BYTES = 110_000;
/** As CLIP's: 512 floats. */
const EMBEDDING_BYTES = 2_048;

export async function backup([count = String(ARTWORKS)]: readonly string[]): Promise<void> {
  const tearDown = await setUp();
  const dataDir = mkdtempSync(path.join(tmpdir(), "aria-bench-"));
  const [here, there] = [await ownDatabase({ migrated: true }), await ownDatabase({ migrated: false })];
  const blobs = fsBlobs(path.join(dataDir, "blobs"));
  await paint(here.url, blobs, Number(count));
  const places = { dir: path.join(dataDir, "backups"), dataDir, blobs };
  const quiet = { onProgress: () => {}, signal: new AbortController().signal };
  const client = await connect(here.url);
  const make = () => makeBackup(client, places, { ...quiet, kind: "asked", now: new Date() });
  report("first backup", (await timedMs(make)) / 1_000, "s");
  report("next backup of the same", (await timedMs(make)) / 1_000, "s");
  const [id = ""] = await listIds(places.dir);
  const { manifest } = await verifyBackup(places.dir, id, { ...quiet, now: new Date() });
  const now = () => ({ ...quiet, now: new Date() });
  report("verifying", (await timedMs(() => verifyBackup(places.dir, id, now()))) / 1_000, "s");
  report("pictures", manifest.pictures.bytes / 1e6, "MB");
  report("tables, compressed", manifest.tables.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6, "MB");
  const elsewhere = {
    ...places,
    dataDir: path.join(dataDir, "elsewhere"),
    blobs: fsBlobs(path.join(dataDir, "elsewhere/blobs")),
  };
  const other = await connect(there.url);
  const how = { migrationsDir: path.resolve("prisma/migrations"), withRestorePoint: true };
  const restore = () => restoreBackup(other, elsewhere, id, { ...now(), ...how });
  report("restore to an empty folder", (await timedMs(restore)) / 1_000, "s");
  let rows = 0;
  let unlike = 0;
  for (const table of await listTables(client)) {
    const [before, after] = [await hashRows(client, table), await hashRows(other, table)];
    rows += after.rows;
    if (before.rowsSha256 !== after.rowsSha256) unlike++;
  }
  report("rows restored", rows, "count");
  report("tables unlike the original", unlike, "count");
  let missing = 0;
  for (const { sha256 } of (await client.query<{ sha256: string }>("select sha256 from candidates")).rows)
    if ((await elsewhere.blobs.read(sha256)) === null) missing++;
  report("pictures missing", missing, "count");
  await Promise.all([client.end(), other.end()]);
  await Promise.all([here.drop(), there.drop()]);
  rmSync(dataDir, { recursive: true });
  await tearDown();
}

/** Each with a file of its own, of bytes that no disk can make fewer, and an embedding. */
async function paint(url: string, blobs: ReturnType<typeof fsBlobs>, count: number): Promise<void> {
  const db = openDatabase(url);
  await seedGallery(db, count);
  const orders = await db.order.findMany({ select: { id: true } });
  for (let at = 0; at < orders.length; at += 50) {
    await Promise.all(
      orders.slice(at, at + 50).map(async ({ id }) => {
        const bytes = PICTURE_BYTES;
        const { sha256 } = await blobs.put(randomBytes(bytes));
        const embedding = new Uint8Array(randomBytes(EMBEDDING_BYTES));
        await db.candidate.updateMany({ where: { orderId: id }, data: { sha256, bytes, embedding } });
        await db.artwork.updateMany({ where: { orderId: id }, data: { sha256, bytes } });
      }),
    );
  }
  await db.$disconnect();
}
