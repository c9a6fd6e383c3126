import { spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { MIGRATION_NAMES } from "./older-schema.ts";
import { testDatabaseUrl } from "./test-database.ts";

const ROOT = path.resolve(import.meta.dirname, "..");

export interface OwnDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

const urlOf = (name: string): string => {
  const url = new URL(testDatabaseUrl());
  url.pathname = `/${name}`;
  return url.href;
};

async function asAdmin(sql: string): Promise<number> {
  const admin = new Client({ connectionString: testDatabaseUrl() });
  await admin.connect();
  return (await admin.query(sql).finally(() => admin.end())).rowCount ?? 0;
}

/** A database of the newest schema, to be copied: made once a schema. */
async function template(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of MIGRATION_NAMES)
    hash.update(readFileSync(path.join(ROOT, "prisma/migrations", name, "migration.sql")));
  const name = `own_template_${hash.digest("hex").slice(0, 16)}`;
  if ((await asAdmin(`select 1 from pg_database where datname = '${name}'`)) > 0) return name;
  const half = `own_half_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(`create database ${half}`);
  const env = { ...process.env, DATABASE_URL: urlOf(half) };
  const { status, stderr } = spawnSync(process.execPath, ["scripts/migrate.mjs"], { cwd: ROOT, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`a test's database could not be migrated: ${stderr}`);
  await asAdmin(`alter database ${half} rename to ${name}`);
  return name;
}

/** A database beside the one that test files share, for a test that puts another in its place; empty unless it is `migrated`. */
export async function ownDatabase({ migrated }: { migrated: boolean }): Promise<OwnDatabase> {
  const name = `own_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(`create database ${name}${migrated ? ` template ${await template()}` : ""}`);
  return { url: urlOf(name), drop: async () => void (await asAdmin(`drop database ${name} with (force)`)) };
}
