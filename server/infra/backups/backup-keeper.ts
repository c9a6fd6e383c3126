import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import type { BackupCard, BackupId, BackupManifest, BackupProgress } from "#contracts/backups.ts";
import { isAriaError } from "#contracts/errors.ts";
import type { BackupKeeper } from "#server/ports.ts";
import { listIds, readManifest, readVerdict, sweepPictures, writeWhole } from "./backup-folder.ts";
import { type BackupPlaces, makeBackup } from "./make-backup.ts";
import { connect, LOCKED, lock } from "./rows.ts";

/** Also the key of its job, so that it waits once. */
export const BACK_UP_TASK = "back_up";
const TELL_EVERY_MS = 500;

const progressFile = (dir: string): string => path.join(dir, "progress.json");

/** The database is asked over connections of its own: they hold the lock, and one snapshot. */
export function backupKeeper(connectionString: string, places: BackupPlaces): BackupKeeper {
  const withClient = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = await connect(connectionString);
    return work(client).finally(() => client.end());
  };
  return {
    read: () =>
      withClient(async (client) => ({
        kept: await listBackups(places.dir),
        underWay: await progressOf(client, places.dir),
        isAsked: await isAsked(client),
      })),
    ask: () =>
      withClient(async (client) => {
        const add = "select graphile_worker.add_job($1, job_key => $1, max_attempts => 1::smallint)";
        await client.query(add, [BACK_UP_TASK]);
      }),
    make: (kind, signal) =>
      withClient(async (client) => {
        if (!(await lock(client))) return null;
        const teller = tellInto(places.dir);
        const told = { onProgress: teller.tell, signal };
        try {
          return cardOf(await makeBackup(client, places, { ...told, kind, now: new Date() }), places.dir);
        } finally {
          await teller.end();
        }
      }),
    remove: (ids) =>
      withClient(async (client) => {
        if (!(await lock(client))) return false;
        for (const id of ids) await rm(path.join(places.dir, id), { recursive: true, force: true });
        await sweepPictures(places.dir);
        return true;
      }),
  };
}

/** Newest first. One that cannot be read is shown as what it is: at fault, and never counted on. */
export async function listBackups(dir: string): Promise<BackupCard[]> {
  const cards = (await listIds(dir)).map(async (id) => {
    try {
      return await cardOf(await readManifest(dir, id), dir);
    } catch (error) {
      if (isAriaError(error) && error.code === "NOT_FOUND") return null; // removed meanwhile
      if (isAriaError(error) && error.code === "INVALID") return damagedCard(id);
      throw error;
    }
  });
  return (await Promise.all(cards)).filter((card) => card !== null);
}

async function cardOf({ id, kind, madeAt, tables, pictures, files, lost }: BackupManifest, dir: string) {
  const verdict = await readVerdict(path.join(dir, id));
  const bytes = [...tables, ...files].reduce((sum, file) => sum + file.bytes, pictures.bytes);
  const artworks = tables.find(({ name }) => name === "artworks")?.rows ?? 0;
  const verified = { verifiedAt: verdict?.at ?? null, faults: verdict?.faults ?? 0 };
  return { id, kind, madeAt: new Date(madeAt), artworks, bytes, lost: lost.length, ...verified };
}

const AT = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/;

const damagedCard = (id: BackupId): BackupCard => {
  const madeAt = new Date(id.replace(AT, "$1-$2-$3T$4:$5:$6.$7Z"));
  return { id, kind: "asked", madeAt, artworks: 0, bytes: 0, lost: 0, verifiedAt: null, faults: 1 };
};

/** Null: nobody makes one. Who died over it left what it had told, but no lock. */
async function progressOf(client: pg.Client, dir: string): Promise<BackupProgress | null> {
  const { rows } = await client.query<{ locked: boolean }>(LOCKED);
  if (!rows[0]?.locked) return null;
  const told = await readFile(progressFile(dir), "utf8").catch(() => null);
  return told === null ? { stage: "tables", done: 0, of: 0 } : (JSON.parse(told) as BackupProgress);
}

/** Before Aria's first start, and after a restore until her next, there is no queue. */
async function isAsked(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ there: string | null }>("select to_regclass('graphile_worker.jobs') as there");
  if (!rows[0]?.there) return false;
  const waits = "select 1 from graphile_worker.jobs where key = $1 and locked_at is null and attempts < max_attempts";
  return ((await client.query(waits, [BACK_UP_TASK])).rowCount ?? 0) > 0;
}

/** For other processes to read, now and then; what is told later overtakes nothing. */
function tellInto(dir: string) {
  let lastAt = 0;
  let telling: Promise<void> = Promise.resolve();
  return {
    tell(progress: BackupProgress) {
      if (Date.now() - lastAt < TELL_EVERY_MS) return;
      lastAt = Date.now();
      // Whether it can be told of is no part of the backup.
      telling = telling.then(() => writeWhole(progressFile(dir), JSON.stringify(progress))).catch(() => {});
    },
    async end() {
      await telling;
      await rm(progressFile(dir), { force: true });
    },
  };
}
