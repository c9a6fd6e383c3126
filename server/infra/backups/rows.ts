/** Tables as they go over the wire: the PostgreSQL that comes with Aria has no pg_dump. */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";

export interface Table {
  readonly name: string;
  /** Without those that the database computes. */
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** Rows that tell of this moment, and of nothing later. */
const OF_THE_MOMENT = new Set(["studios"]);
/** Written by whoever migrates. */
const PRISMAS = "_prisma_migrations";
/** Two restores, or two backups, never at once; nor one of each. */
const LOCK = "1097561441, 1";

const quoted = (name: string): string => pg.escapeIdentifier(name);

/** With the formats that rows are hashed in, whatever the server is set to. */
export async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, application_name: "aria backups" });
  // Whatever was asked of it fails by itself then.
  client.on("error", () => {});
  await client.connect();
  await client.query(
    `set search_path to public; set client_encoding to 'UTF8'; set timezone to 'UTC'; set datestyle to 'ISO';
     set intervalstyle to 'postgres'; set bytea_output to 'hex'; set extra_float_digits to 1;
     set statement_timeout to 0; set idle_in_transaction_session_timeout to 0`,
  );
  return client;
}

/** Until its connection ends, however that may be. False: another has it. */
export async function lock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ has: boolean }>(`select pg_try_advisory_lock(${LOCK}) as has`);
  return rows[0]?.has ?? false;
}

export const LOCKED = `select exists (select 1 from pg_locks where locktype = 'advisory' and granted
  and database = (select oid from pg_database where datname = current_database())
  and (classid, objid, objsubid) = (${LOCK}, 2)) as locked`;

/** All that is ours in the public schema, without what belongs to an extension. */
export async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as name,
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
             and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
       array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
             where i.indrelid = c.oid and i.indisprimary order by a.attnum) as key
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> $1
       and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     order by c.relname`,
    [PRISMAS],
  );
  return rows.filter(({ name }) => !OF_THE_MOMENT.has(name));
}

export interface Applied {
  readonly name: string;
  readonly checksum: string;
}

/** In the order they were applied in; none where nothing was ever migrated. */
export async function listMigrations(client: pg.Client): Promise<Applied[]> {
  const { rows: known } = await client.query<{ is: string | null }>(`select to_regclass('public.${PRISMAS}') as is`);
  if (!known[0]?.is) return [];
  const { rows } = await client.query<Applied>(
    `select migration_name as name, checksum from ${PRISMAS}
     where finished_at is not null and rolled_back_at is null order by finished_at, started_at, migration_name`,
  );
  return rows;
}

export interface Sequence {
  readonly name: string;
  readonly value: string;
  readonly isCalled: boolean;
}

/** They stand outside of any snapshot, and only ever too far: a number is left out then, never given twice. */
export async function readSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' order by 1`,
  );
  const read: Sequence[] = [];
  for (const { name } of rows) {
    const { rows: at } = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from public.${quoted(name)}`,
    );
    read.push({ name, value: at[0]!.value, isCalled: at[0]!.called });
  }
  return read;
}

export async function setSequences(client: pg.Client, sequences: readonly Sequence[]): Promise<void> {
  for (const { name, value, isCalled } of sequences)
    await client.query("select setval($1::regclass, $2, $3)", [`public.${quoted(name)}`, value, isCalled]);
}

/** Lets bytes pass, and says afterwards what passed. */
class Measure extends Transform {
  readonly #hash = createHash("sha256");
  bytes = 0;
  /** In COPY's text format a newline ends a row, and nothing else: those within values are escaped. */
  lines = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.#hash.update(chunk);
    this.bytes += chunk.length;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) this.lines++;
    done(null, chunk);
  }

  sha256 = (): string => this.#hash.digest("hex");
}

function copyOut(client: pg.Client, { name, columns, key }: Table) {
  const order = key.length > 0 ? key.map((column) => `${quoted(column)}::text collate "C"`) : ['t::text collate "C"'];
  const rows = `select ${columns.map(quoted).join(", ")} from public.${quoted(name)} t order by ${order.join(", ")}`;
  return client.query(copyTo(`copy (${rows}) to stdout`));
}

export interface WrittenRows {
  readonly rows: number;
  readonly rowsSha256: string;
  /** Of the file. */
  readonly bytes: number;
  readonly sha256: string;
}

export async function writeRows(client: pg.Client, table: Table, file: string): Promise<WrittenRows> {
  const [rows, written] = [new Measure(), new Measure()];
  const to = createWriteStream(file, { mode: 0o600, flush: true });
  await pipeline(copyOut(client, table), rows, createGzip({ level: 1 }), written, to);
  return { rows: rows.lines, rowsSha256: rows.sha256(), bytes: written.bytes, sha256: written.sha256() };
}

export async function hashRows(client: pg.Client, table: Table): Promise<{ rows: number; rowsSha256: string }> {
  const rows = new Measure();
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(copyOut(client, table), rows, nowhere);
  return { rows: rows.lines, rowsSha256: rows.sha256() };
}

export async function readRows(client: pg.Client, table: Omit<Table, "key">, file: string): Promise<void> {
  const columns = table.columns.map(quoted).join(", ");
  const into = client.query(copyFrom(`copy public.${quoted(table.name)} (${columns}) from stdin`));
  await pipeline(createReadStream(file), createGunzip(), into);
}
