/**
 * One backup of everything that cannot be made again: rows by one snapshot of the database, the pictures that those rows name,
 * and the secrets beside them. It may be made while Aria paints. Broken off, it is begun anew, but for the pictures that were
 * brought already.
 */
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import type { BackedUpFile, BackedUpTable, BackupId, BackupKind, BackupManifest } from "#contracts/backups.ts";
import { AriaError } from "#contracts/errors.ts";
import type { BlobStore } from "#server/ports.ts";
import {
  folderFor,
  halfFolder,
  keptFile,
  listFile,
  listOf,
  missingIsNull,
  type Picture,
  pictureFile,
  sha256Of,
  sizeAndHashOf,
  sweepHalves,
  sweepPictures,
  syncFolder,
  tableFile,
  writeManifest,
  writeVerdict,
  writeWhole,
} from "./backup-folder.ts";
import { listMigrations, listTables, readSequences, type Sequence, writeRows } from "./rows.ts";
import { eachOf, type Told } from "./verify-backup.ts";

export interface BackupPlaces {
  /** Where backups lie. */
  readonly dir: string;
  readonly dataDir: string;
  readonly blobs: Pick<BlobStore, "read" | "put">;
}

/** What lies in the data folder, cannot be made again, and is no picture. */
export const KEPT_FILES = ["ticket-secret"] as const;

/** Where rows name files. As `knownFiles` of the orders asks; a column that an older schema lacks names none. */
export const NAMED_IN = [
  ["candidates", "sha256"],
  ["artworks", "film"],
  ["orders", "sketch"],
  ["sketches", "sha256"],
] as const;

/** A picture whose row went while it was being copied asks for another snapshot; the trash is emptied four times an hour. */
const SNAPSHOTS_AT_MOST = 3;

interface Snapshot {
  readonly migrations: BackupManifest["migrations"];
  readonly tables: readonly BackedUpTable[];
  readonly sequences: readonly Sequence[];
  readonly named: readonly string[];
}

/** Only for who holds the lock: `client` does. Throws UNAVAILABLE where there is no more room. */
export async function makeBackup(
  client: pg.Client,
  places: BackupPlaces,
  { kind, now, ...told }: Told & { kind: BackupKind; now: Date },
): Promise<BackupManifest> {
  const id = folderFor(now);
  const half = halfFolder(places.dir, id);
  await mkdir(places.dir, { recursive: true, mode: 0o700 });
  await sweepHalves(places.dir);
  try {
    const manifest = await write(client, places, { ...told, half, id, kind, now });
    await rename(half, path.join(places.dir, id));
    await syncFolder(places.dir);
    return manifest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    // What is painted meanwhile needs the room more.
    await rm(half, { recursive: true, force: true });
    await sweepPictures(places.dir);
    const reason = `There is no room for a backup in ${places.dir}.`;
    throw new AriaError("UNAVAILABLE", { dependency: "storage", reason }, { cause: error });
  }
}

interface Writing extends Told {
  readonly half: string;
  readonly id: BackupId;
  readonly kind: BackupKind;
  readonly now: Date;
}

async function write(client: pg.Client, places: BackupPlaces, writing: Writing): Promise<BackupManifest> {
  const { half, id, kind, now } = writing;
  for (const folder of ["tables", "files"]) await mkdir(path.join(half, folder), { recursive: true, mode: 0o700 });
  const { snapshot, pictures, lost } = await settle(client, places, writing);
  const list = listOf(pictures);
  await writeWhole(listFile(half), list);
  const manifest: BackupManifest = {
    format: 1,
    id,
    kind,
    madeAt: now.toISOString(),
    migrations: [...snapshot.migrations],
    tables: [...snapshot.tables],
    sequences: [...snapshot.sequences],
    pictures: {
      count: pictures.length,
      bytes: pictures.reduce((sum, { bytes }) => sum + bytes, 0),
      listSha256: sha256Of(list),
    },
    lost: [...lost],
    files: await copyFiles(places.dataDir, half),
  };
  const faults = await readBack(half, manifest.tables);
  if (faults.length > 0) throw new Error(`${faults.join(", ")} did not come back from the disk as written`);
  await writeVerdict(half, { at: new Date().toISOString(), faults: 0 });
  await writeManifest(half, manifest);
  return manifest;
}

/** Pictures were read when they were brought, or are read now: so every byte of a new backup has been read once. */
async function readBack(half: string, tables: readonly BackedUpTable[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, sha256 } of tables)
    if ((await sizeAndHashOf(tableFile(half, name)))?.sha256 !== sha256) faults.push(name);
  return faults;
}

/** A snapshot all of whose pictures are there, but for those that were lost before. */
async function settle(client: pg.Client, places: BackupPlaces, writing: Writing) {
  for (let attempt = 1; ; attempt++) {
    const snapshot = await takeSnapshot(client, writing);
    const pictures: Picture[] = [];
    const missing: string[] = [];
    await eachOf(snapshot.named, { ...writing, stage: "pictures" }, async (sha256) => {
      const bytes = await bring(places, sha256);
      if (bytes === null) missing.push(sha256);
      else pictures.push({ sha256, bytes });
    });
    const stillNamed = new Set(missing.length > 0 ? await namedFiles(client) : []);
    const lost = missing.filter((sha256) => stillNamed.has(sha256)).sort();
    if (lost.length === missing.length || attempt === SNAPSHOTS_AT_MOST)
      return { snapshot, pictures: pictures.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)), lost: missing.sort() };
  }
}

async function takeSnapshot(client: pg.Client, { half, onProgress, signal }: Writing): Promise<Snapshot> {
  await client.query("begin transaction isolation level repeatable read, read only");
  try {
    const migrations = await listMigrations(client);
    if (migrations.length === 0) throw new AriaError("CONFLICT", { reason: "There is nothing to back up yet." });
    const tables: BackedUpTable[] = [];
    const all = await listTables(client);
    for (const table of all) {
      signal.throwIfAborted();
      const written = await writeRows(client, table, tableFile(half, table.name));
      tables.push({ name: table.name, columns: [...table.columns], ...written });
      onProgress({ stage: "tables", done: tables.length, of: all.length });
    }
    const named = await namedFiles(client);
    return { migrations, tables, sequences: await readSequences(client), named };
  } finally {
    await client.query("rollback");
  }
}

async function namedFiles(client: pg.Client): Promise<string[]> {
  const { rows: columns } = await client.query<{ is: string }>(
    "select table_name || '.' || column_name as is from information_schema.columns where table_schema = 'public'",
  );
  const there = new Set(columns.map((column) => column.is));
  const selects = NAMED_IN.filter(([table, column]) => there.has(`${table}.${column}`)).map(
    ([table, column]) => `select ${column} as sha256 from public.${table} where ${column} is not null`,
  );
  const { rows } = await client.query<{ sha256: string }>(`${selects.join(" union ")} order by 1`);
  return rows.map(({ sha256 }) => sha256);
}

/** Its size, once a sound copy of it lies with the backups; null where there is none to be had. */
async function bring({ dir, blobs }: BackupPlaces, sha256: string): Promise<number | null> {
  const file = pictureFile(dir, sha256);
  const have = await sizeAndHashOf(file);
  if (have?.sha256 === sha256) return have.bytes;
  const bytes = await blobs.read(sha256);
  if (bytes === null || sha256Of(bytes) !== sha256) return null;
  await writeWhole(file, bytes);
  return bytes.length;
}

async function copyFiles(dataDir: string, half: string): Promise<BackedUpFile[]> {
  const files: BackedUpFile[] = [];
  for (const name of KEPT_FILES) {
    const bytes = await readFile(path.join(dataDir, name)).catch(missingIsNull);
    if (bytes === null) continue;
    await writeWhole(keptFile(half, name), bytes);
    files.push({ name, bytes: bytes.length, sha256: sha256Of(bytes) });
  }
  return files;
}
