/**
 * Prisma Migrate without the schema-engine binary: drives @prisma/schema-engine-wasm, the same engine at the same
 * commit, and then lets graphile-worker install its own schema, so that web may enqueue before a studio ever ran.
 * Writes the ordinary `_prisma_migrations` table: `prisma migrate deploy` elsewhere continues the same history.
 *
 *   DATABASE_URL=… node scripts/migrate.mjs          apply prisma/migrations
 *   DATABASE_URL=… node scripts/migrate.mjs diff     print the SQL that makes an empty database fit the schema
 */
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { runMigrations } from "graphile-worker";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const schemaPath = path.join(root, "prisma/schema.prisma");
const migrationsDir = path.join(root, "prisma/migrations");
const PG_INTERNAL_CHAR = 18;
const PG_TEXT = 25;

/** adapter-pg 7.10 does not know PostgreSQL's internal "char", which the engine reads from pg_catalog: shown as text. */
function withInternalChar(connection) {
  const performIO = connection.performIO.bind(connection);
  connection.performIO = async (query) => {
    const result = await performIO(query);
    for (const field of result.fields ?? []) if (field.dataTypeID === PG_INTERNAL_CHAR) field.dataTypeID = PG_TEXT;
    return result;
  };
  if (connection.startTransaction) {
    const start = connection.startTransaction.bind(connection);
    connection.startTransaction = async (...args) => withInternalChar(await start(...args));
  }
  return connection;
}

class MigrationAdapter extends PrismaPg {
  async connect() {
    return withInternalChar(await super.connect());
  }
}

async function loadEngine(adapter, datamodels) {
  const dir = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const wasm = fs.readFileSync(path.join(dir, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  globalThis.PRISMA_WASM_PANIC_REGISTRY ??= { set_message: (message) => console.error(message) };
  return bindings.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter));
}

function readMigrations() {
  const names = fs.readdirSync(migrationsDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const sql = (name) => fs.readFileSync(path.join(migrationsDir, name, "migration.sql"), "utf8");
  return {
    baseDir: migrationsDir,
    lockfile: {
      path: "migration_lock.toml",
      content: fs.readFileSync(path.join(migrationsDir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: names
      .map((entry) => entry.name)
      .sort()
      .map((name) => ({
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql(name) } },
      })),
  };
}

const connectionString = process.env.DATABASE_URL;
if (!connectionString) {
  console.error("DATABASE_URL is not set.");
  process.exit(2);
}
const schema = { files: [{ path: schemaPath, content: fs.readFileSync(schemaPath, "utf8") }] };
const filters = { externalTables: [], externalEnums: [] };
const engine = await loadEngine(
  new MigrationAdapter({ connectionString }),
  schema.files.map((file) => [file.path, file.content]),
);
if (process.argv[2] === "diff") {
  const from = { tag: "empty" };
  const to = { tag: "schemaDatamodel", ...schema };
  console.log((await engine.diff({ from, to, script: true, exitCode: null, filters })).stdout);
} else {
  const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: readMigrations(), filters });
  for (const name of appliedMigrationNames) console.log(`applied ${name}`);
  await runMigrations({ connectionString });
}
process.exit(0);
