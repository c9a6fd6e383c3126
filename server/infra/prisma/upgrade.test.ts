import { spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { expect, it } from "vitest";
import type { ArtworkId } from "#contracts/artwork.ts";
import { GalleryFilter, GalleryPageInput } from "#contracts/gallery.ts";
import { testDatabaseUrl } from "#tests/test-database.ts";
import { prismaArtworks } from "./artworks.ts";
import { openDatabase } from "./database.ts";
import { prismaGallery } from "./gallery.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const MIGRATIONS = path.join(ROOT, "prisma/migrations");
const NAMES = readdirSync(MIGRATIONS)
  .filter((name) => /^\d/.test(name))
  .sort();

/** Where Prisma Migrate keeps which it has applied, by their checksums. */
const KEPT = `create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null,
  finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

async function applyUntil(client: Client, last: string): Promise<void> {
  await client.query(KEPT);
  for (const name of NAMES.slice(0, NAMES.indexOf(last) + 1)) {
    const sql = readFileSync(path.join(MIGRATIONS, name, "migration.sql"), "utf8");
    await client.query(sql);
    const checksum = createHash("sha256").update(sql).digest("hex");
    await client.query(
      "insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) values ($1, $2, now(), $3, 1)",
      [randomUUID(), checksum, name],
    );
  }
}

const insert = (client: Client, table: string, row: object) =>
  client.query(
    `insert into ${table} (${Object.keys(row).join(", ")}) values (${Object.keys(row).map((_, i) => `$${i + 1}`)})`,
    Object.values(row),
  );

/** A painting as the program of that time wrote it. */
async function paintThen(client: Client, of: { order?: object; artwork?: object }): Promise<ArtworkId> {
  const id = randomUUID();
  const painted = { prompt: "a lighthouse in a storm, oil painting", model_id: "aria", seed: 7 };
  const size = { width_px: 768, height_px: 512 };
  const file = { sha256: "ab".repeat(32), bytes: 9, thumbhash: "AAAA", score: 0.75 };
  const settings = { negative_prompt: "", steps: 16, guidance: 1.75, sampler: "dpmpp-2m", count: 1, state: "done" };
  await insert(client, "orders", { id, ...painted, ...size, ...settings, ...of.order });
  const technical = { sharpness: 0.5, exposure: 0.5, contrast: 0.5, clipping: 0.5 };
  await insert(client, "candidates", { order_id: id, index: 0, seed: 7, ...file, ...technical });
  const hung = {
    id,
    order_id: id,
    candidate_index: 0,
    model_hash: "then",
    reason: "the best",
    created_at: new Date(0),
  };
  await insert(client, "artworks", { ...hung, ...painted, ...size, ...file, ...of.artwork });
  return id as ArtworkId;
}

const herOwn = "20261121210000_mind";
it.each([
  { last: "20261121000000_init", title: "a lighthouse in a storm" },
  { last: herOwn, title: "Keeper of the Light" },
])("what was painted under $last hangs, is found and keeps its file", { timeout: 60_000 }, async ({ last, title }) => {
  const admin = new Client({ connectionString: testDatabaseUrl() });
  await admin.connect();
  const name = `upgrade_${randomUUID().replaceAll("-", "")}`;
  await admin.query(`create database ${name}`);
  const url = new URL(testDatabaseUrl());
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await applyUntil(client, last);
  const artist = last === herOwn ? { artist_id: (await client.query("select id from artists")).rows[0].id } : {};
  const id = await paintThen(client, {
    order: { ...artist, ...(last === herOwn && { theme: "a lighthouse", title, mood: "restless" }) },
    artwork: { ...artist, ...(last === herOwn && { title, mood: "restless" }) },
  });
  await client.end();

  const env = { ...process.env, DATABASE_URL: url.href };
  const migrated = spawnSync(process.execPath, ["scripts/migrate.mjs"], { cwd: ROOT, env, encoding: "utf8" });
  expect(migrated.stderr).toBe("");
  expect(migrated.stdout).toContain(`applied ${NAMES.at(-1)}`);
  expect(migrated.stdout).not.toContain(last);

  const db = openDatabase(url.href);
  const gallery = prismaGallery(db);
  expect(await prismaArtworks(db).get(id)).toMatchObject({
    id,
    title,
    widthPx: 768,
    seed: 7,
    imageUrl: `/images/${"ab".repeat(32)}`,
  });
  const found = await gallery.page(
    GalleryPageInput.parse({ q: title === "Keeper of the Light" ? "keepers" : "storms" }),
  );
  expect(found.map((tile) => tile.id)).toEqual([id]);
  expect(await gallery.outline(GalleryFilter.parse({}))).toMatchObject({ total: 1 });
  expect(await db.order.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: "done",
    scheduleType: "automatic",
  });
  await db.$disconnect();
  await admin.query(`drop database ${name}`);
  await admin.end();
});
