/**
 * Puts a backup in the place of what there is, or changes nothing. It is read to its last byte first; what there is becomes a
 * backup of its own, to go back to; pictures are added, which nobody sees; and then one transaction takes the old schema down,
 * builds the one the rows fit, fills it, compares it, and brings it up to date. Whatever breaks that off, a kill too, leaves the
 * database as it was.
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import type { BackupId, BackupManifest } from "#contracts/backups.ts";
import { AriaError } from "#contracts/errors.ts";
import { keptFile, type Picture, pictureFile, sha256Of, tableFile, writeWhole } from "./backup-folder.ts";
import { type BackupPlaces, KEPT_FILES, makeBackup } from "./make-backup.ts";
import { type Applied, hashRows, listMigrations, listTables, readRows, setSequences } from "./rows.ts";
import { eachOf, type Told, verifyBackup } from "./verify-backup.ts";

/** A studio beats every second. */
const STUDIO_SILENCE_S = 20;
const LOCK_TIMEOUT = "10s";

/** As Prisma Migrate would make it, which goes on from there. */
const MIGRATIONS_TABLE = `create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null,
  finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

export interface Restoring extends Told {
  readonly now: Date;
  /** Folder of the migrations that this Aria knows. */
  readonly migrationsDir: string;
  readonly withRestorePoint: boolean;
}

interface Migration extends Applied {
  readonly sql: string;
}

/** Only for who holds the lock: `client` does. Throws NOT_FOUND, INVALID, CONFLICT, UNAVAILABLE: nothing has changed then. */
export async function restoreBackup(
  client: pg.Client,
  places: BackupPlaces,
  id: BackupId,
  { now, migrationsDir, withRestorePoint, ...told }: Restoring,
): Promise<{ manifest: BackupManifest; restorePoint: BackupId | null }> {
  const { manifest, pictures, faults } = await verifyBackup(places.dir, id, { ...told, now });
  if (faults.length > 0) throw new AriaError("INVALID", { field: id, reason: faults.join(" ") });
  const known = await readMigrations(migrationsDir);
  const before = schemaOf(manifest, known);
  await refuseWhileAtWork(client);
  const isEmpty = (await listMigrations(client)).length === 0;
  const restorePoint =
    withRestorePoint && !isEmpty ? await makeBackup(client, places, { ...told, kind: "restore point", now }) : null;
  await addPictures(places, pictures, told);
  told.signal.throwIfAborted();
  const applied = new Set(before.map(({ name }) => name));
  const after = known.filter(({ name }) => !applied.has(name));
  await replaceRows(client, path.join(places.dir, id), { ...told, manifest, before, after });
  // Last: without it whoever opened a locked share says its password once more, and nothing else is lost.
  for (const name of KEPT_FILES) {
    if (!manifest.files.some((file) => file.name === name)) continue;
    await writeWhole(path.join(places.dataDir, name), await readFile(keptFile(path.join(places.dir, id), name)));
  }
  return { manifest, restorePoint: restorePoint?.id ?? null };
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => /^\d/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(dir, name, "migration.sql"), "utf8");
      return { name, sql, checksum: sha256Of(sql) };
    }),
  );
}

/** The migrations that make the schema which the rows fit. */
function schemaOf({ id, migrations }: BackupManifest, known: readonly Migration[]): Migration[] {
  return migrations.map(({ name, checksum }) => {
    const migration = known.find((one) => one.name === name);
    if (migration?.checksum === checksum) return migration;
    const reason = migration
      ? `its schema has another "${name}" than this Aria`
      : `it was made by a later Aria, whose schema has "${name}": update this one first`;
    throw new AriaError("INVALID", { field: id, reason });
  });
}

async function refuseWhileAtWork(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ there: string | null }>("select to_regclass('public.studios') as there");
  if (!rows[0]?.there) return;
  const seen = `select 1 from public.studios where seen_at > now() - interval '${STUDIO_SILENCE_S} seconds'`;
  const { rowCount } = await client.query(seen);
  if (rowCount) throw new AriaError("CONFLICT", { reason: "A studio is at work on this database. Stop Aria first." });
}

/** Files under their own hash: until rows name them they are nobody's, and swept like any other. */
const addPictures = ({ dir, blobs }: BackupPlaces, pictures: readonly Picture[], told: Told): Promise<void> =>
  eachOf(pictures, { ...told, stage: "pictures" }, async ({ sha256 }) => {
    const there = await blobs.read(sha256);
    if (there !== null && sha256Of(there) === sha256) return;
    const bytes = await readFile(pictureFile(dir, sha256));
    const put = await blobs.put(bytes);
    if (put.sha256 !== sha256)
      throw new AriaError("UNAVAILABLE", {
        dependency: "storage",
        reason: `Picture ${sha256} changed while it was read.`,
      });
  });

interface Replacing extends Told {
  readonly manifest: BackupManifest;
  readonly before: readonly Migration[];
  readonly after: readonly Migration[];
}

async function replaceRows(client: pg.Client, folder: string, { manifest, before, after, ...told }: Replacing) {
  await client.query("begin");
  try {
    await client.query(`set local lock_timeout to '${LOCK_TIMEOUT}'`);
    await dropOurs(client);
    await client.query(MIGRATIONS_TABLE);
    for (const migration of before) await migrate(client, migration);
    await fill(client, folder, { ...told, manifest });
    for (const migration of after) await migrate(client, migration);
    await forgetJobs(client);
    told.signal.throwIfAborted();
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

/** What the migrations made, whichever they were; what an extension brought stays. */
async function dropOurs(client: pg.Client): Promise<void> {
  const notOfExtension = (catalog: string) =>
    `not exists (select 1 from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = o.oid and d.deptype = 'e')`;
  const { rows } = await client.query<{ drop: string }>(
    `select format('drop %s if exists public.%I cascade',
         case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end, relname) as drop
       from pg_class o where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
       and ${notOfExtension("pg_class")}
     union all select format('drop routine if exists public.%I(%s) cascade', proname, pg_get_function_identity_arguments(oid))
       from pg_proc o where pronamespace = 'public'::regnamespace and ${notOfExtension("pg_proc")}
     union all select format('drop type if exists public.%I cascade', typname)
       from pg_type o where typnamespace = 'public'::regnamespace and typtype in ('e', 'd') and ${notOfExtension("pg_type")}`,
  );
  for (const { drop } of rows) await client.query(drop);
}

async function migrate(client: pg.Client, { name, checksum, sql }: Migration): Promise<void> {
  await client.query(sql);
  await client.query(
    `insert into public._prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
     values (gen_random_uuid()::text, $1, clock_timestamp(), $2, 1)`,
    [checksum, name],
  );
}

/** Foreign keys go in a circle, and triggers have seen these rows before: both are set aside meanwhile, and keys are checked after. */
async function fill(
  client: pg.Client,
  folder: string,
  { manifest, onProgress, signal }: Told & Pick<Replacing, "manifest">,
) {
  const ofTable = "conrelid::regclass::text as of, quote_ident(conname) as name, pg_get_constraintdef(oid) as def";
  const { rows: keys } = await client.query<{ of: string; name: string; def: string }>(
    `select ${ofTable} from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`,
  );
  for (const { of, name } of keys) await client.query(`alter table ${of} drop constraint ${name}`);
  const tables = new Map((await listTables(client)).map((table) => [table.name, table]));
  let done = 0;
  for (const { name, columns, rows, rowsSha256 } of manifest.tables) {
    signal.throwIfAborted();
    const table = tables.get(name);
    if (!table) throw new AriaError("INVALID", { field: manifest.id, reason: `its table ${name} is in no migration` });
    await client.query(`alter table public."${name}" disable trigger user`);
    // A migration may have brought rows of its own.
    await client.query(`delete from public."${name}"`);
    await readRows(client, { name, columns }, tableFile(folder, name));
    const came = await hashRows(client, { ...table, columns });
    if (came.rows !== rows || came.rowsSha256 !== rowsSha256)
      throw new AriaError("INVALID", { field: manifest.id, reason: `its table ${name} did not come back as it was` });
    await client.query(`alter table public."${name}" enable trigger user`);
    onProgress({ stage: "rows", done: ++done, of: manifest.tables.length });
  }
  for (const { of, name, def } of keys) await client.query(`alter table ${of} add constraint ${name} ${def}`);
  await setSequences(client, manifest.sequences);
}

/** What waits is queued again by the first studio that looks: an order is never without its job for long. */
async function forgetJobs(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ there: string | null }>("select to_regclass('graphile_worker.jobs') as there");
  if (rows[0]?.there)
    await client.query("select graphile_worker.remove_job(key) from graphile_worker.jobs where key is not null");
}
