import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { Client } from "pg";
import { expect, it, onTestFinished } from "vitest";
import type { ArtworkId } from "#contracts/artwork.ts";
import { GalleryFilter, GalleryPageInput } from "#contracts/gallery.ts";
import { prismaArtworks } from "#server/infra/prisma/artworks.ts";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { prismaGallery } from "#server/infra/prisma/gallery.ts";
import { applyUntil, MIGRATION_NAMES, paintThen } from "./older-schema.ts";
import { ownerIn, testDatabaseUrl } from "./test-database.ts";

const ROOT = path.resolve(import.meta.dirname, "..");
const herOwn = "20261121210000_mind";

/** A database of its own, as it was under that migration, with what was in it then; gone when the test ends. */
async function upgraded(last: string, live: (client: Client) => Promise<void>): Promise<string> {
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
  await live(client);
  await client.end();
  const env = { ...process.env, DATABASE_URL: url.href };
  const migrated = spawnSync(process.execPath, ["scripts/migrate.mjs"], { cwd: ROOT, env, encoding: "utf8" });
  expect(migrated.stderr).toBe("");
  expect(migrated.stdout).toContain(`applied ${MIGRATION_NAMES.at(-1)}`);
  expect(migrated.stdout).not.toContain(last);
  return url.href;
}

it.each([
  { last: "20261121000000_init", title: "a lighthouse in a storm" },
  { last: herOwn, title: "Keeper of the Light" },
])("what was painted under $last hangs, and is found", { timeout: 60_000 }, async ({ last, title }) => {
  let id = "" as ArtworkId;
  const url = await upgraded(last, async (client) => {
    const artist = last === herOwn ? { artist_id: (await client.query("select id from artists")).rows[0].id } : {};
    id = await paintThen(client, {
      order: { ...artist, ...(last === herOwn && { theme: "a lighthouse", title, mood: "restless" }) },
      artwork: { ...artist, ...(last === herOwn && { title, mood: "restless" }) },
    });
  });
  const db = openDatabase(url);
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

it("what several people shared is the owner's, and everybody who is there has an artist of their own", {
  timeout: 60_000,
}, async () => {
  const url = await upgraded("20261123100000_people", async (client) => {
    const person = `insert into people (id, name, email, left_at, created_at, updated_at) values (gen_random_uuid(), $1, $1, $2, now(), now())`;
    await client.query(person, ["ada@example.org", null]);
    await client.query(person, ["gone@example.org", new Date(0)]);
    const own = { artist_id: (await client.query("select id from artists")).rows[0].id, title: "A lake" };
    await paintThen(client, { order: own, artwork: own });
    await client.query("insert into collections (id, name, created_at) values (gen_random_uuid(), 'Blue', now())");
    await client.query(`insert into series (id, theme, dimension, count, palette, manner, model_id, created_at)
      values (gen_random_uuid(), 'a lake', 'light', 3, '', '', 'aria', now())`);
    await client.query(
      "insert into devices (endpoint, p256dh, auth, topics, locale, created_at) values ('https://push.example/1', '', '', '{}', 'en', now()), ('http://localhost:3000/', '', '', '{}', 'en', now())",
    );
  });
  const db = openDatabase(url);
  const owner = await ownerIn(db);
  for (const rows of [db.order.findMany(), db.artwork.findMany(), db.collection.findMany(), db.series.findMany()])
    expect(await rows).toMatchObject([{ ownerId: owner }]);
  expect(await db.device.findMany()).toMatchObject([{ endpoint: "https://push.example/1", personId: owner }]);
  const artists = await db.artist.findMany({ include: { owner: true }, orderBy: { owner: { isOwner: "desc" } } });
  expect(artists.map(({ name, owner: { email } }) => [name, email])).toEqual([
    ["Aria", "owner@localhost"],
    ["Aria", "ada@example.org"],
  ]);
  await db.$disconnect();
});
