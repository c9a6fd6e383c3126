/** A database as it was under an older schema, and a painting in it as the program of that time wrote it. */
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Client } from "pg";
import type { ArtworkId } from "#contracts/artwork.ts";

const MIGRATIONS = path.resolve(import.meta.dirname, "../prisma/migrations");
export const MIGRATION_NAMES = readdirSync(MIGRATIONS)
  .filter((name) => /^\d/.test(name))
  .sort();

/** Where Prisma Migrate keeps which it has applied, by their checksums. */
const KEPT = `create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null,
  finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

export async function applyUntil(client: Client, last: string): Promise<void> {
  await client.query(KEPT);
  for (const name of MIGRATION_NAMES.slice(0, MIGRATION_NAMES.indexOf(last) + 1)) {
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
export async function paintThen(client: Client, of: { order?: object; artwork?: object }): Promise<ArtworkId> {
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
