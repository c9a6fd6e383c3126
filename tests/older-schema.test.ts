import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { Client } from "pg";
import { expect, it, onTestFinished } from "vitest";
import { GalleryFilter, GalleryPageInput } from "#contracts/gallery.ts";
import { prismaArtworks } from "#server/infra/prisma/artworks.ts";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { prismaGallery } from "#server/infra/prisma/gallery.ts";
import { applyUntil, MIGRATION_NAMES, paintThen } from "./older-schema.ts";
import { ownerIn, testDatabaseUrl } from "./test-database.ts";

const ROOT = path.resolve(import.meta.dirname, "..");
const herOwn = "20261121210000_mind";
it.each([
  { last: "20261121000000_init", title: "a lighthouse in a storm" },
  { last: herOwn, title: "Keeper of the Light" },
])("what was painted under $last hangs, and is found", { timeout: 60_000 }, async ({ last, title }) => {
  const admin = new Client({ connectionString: testDatabaseUrl() });
  await admin.connect();
  const name = `upgrade_${randomUUID().replaceAll("-", "")}`;
  await admin.query(`create database ${name}`);
  onTestFinished(async () => {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });
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
  expect(migrated.stdout).toContain(`applied ${MIGRATION_NAMES.at(-1)}`);
  expect(migrated.stdout).not.toContain(last);

  const db = openDatabase(url.href);
  const gallery = prismaGallery(db, await ownerIn(db));
  expect(await prismaArtworks(db, await ownerIn(db)).get(id)).toMatchObject({
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
});
