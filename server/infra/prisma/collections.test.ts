import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, it } from "vitest";
import { ArtworkId } from "#contracts/artwork.ts";
import { CollectionId } from "#contracts/collections.ts";
import { hang } from "#tests/hung-artworks.ts";
import { emptyTables, openTestDatabase, ownerIn } from "#tests/test-database.ts";
import { prismaCollections } from "./collections.ts";

const db = openTestDatabase();
const owner = await ownerIn(db);
const collections = prismaCollections(db, owner);
const id = CollectionId.parse(randomUUID());
const now = new Date("2026-01-01T00:00:00Z");
const order = async () => (await collections.get(id))?.artworks.map((artwork) => artwork.id);

beforeEach(async () => {
  await emptyTables(db);
  await collections.create({ id, name: "Blue" }, now);
});
afterAll(() => db.$disconnect());

it("is created once, renamed, taken down without its artworks, and hung again as it was", async () => {
  await collections.create({ id, name: "Again" }, now);
  const one = await hang(db);
  await collections.add(id, [one]);
  expect(await collections.list()).toMatchObject([{ id, name: "Blue", count: 1, cover: { id: one } }]);
  expect(await collections.rename(id, "Bluer")).toBe(true);
  expect(await collections.remove(id, now)).toBe(true);
  expect([await collections.get(id), await collections.list()]).toEqual([null, []]);
  expect(await collections.remove(id, now)).toBe(false);
  expect(await collections.restore(id)).toBe(true);
  expect(await order()).toEqual([one]);
  expect(await collections.restore(id)).toBe(false);
  expect(await db.artwork.count()).toBe(1);
});

it("keeps its order: added at the end, once, moved, taken out", async () => {
  const [a, b, c] = [await hang(db), await hang(db), await hang(db)];
  await collections.add(id, [b, a]);
  expect(await collections.add(id, [a, c])).toEqual([c]);
  expect(await order()).toEqual([b, a, c]);
  await collections.move({ collectionId: id, artworkId: c, before: b });
  expect(await order()).toEqual([c, b, a]);
  await collections.move({ collectionId: id, artworkId: c, before: null });
  expect(await order()).toEqual([b, a, c]);
  await collections.take(id, [a]);
  expect(await order()).toEqual([b, c]);
});

it("hides what is in the trash, and keeps its place for it", async () => {
  const [a, b, c] = [await hang(db), await hang(db), await hang(db)];
  await collections.add(id, [a, b, c]);
  await collections.cover(id, b);
  await db.artwork.update({ where: { id: b }, data: { trashedAt: now } });
  expect(await order()).toEqual([a, c]);
  expect((await collections.get(id))?.cover?.id).toBe(a);
  const d = await hang(db);
  await collections.add(id, [d]);
  await collections.move({ collectionId: id, artworkId: a, before: d });
  expect(await order()).toEqual([c, a, d]);
  await db.artwork.update({ where: { id: b }, data: { trashedAt: null } });
  expect(await order()).toEqual([b, c, a, d]);
  expect((await collections.get(id))?.cover?.id).toBe(b);
});

it("names what is missing, and changes nothing then", async () => {
  const a = await hang(db);
  const nothing = ArtworkId.parse(randomUUID());
  await expect(collections.add(id, [a, nothing])).rejects.toMatchObject({ facts: { kind: "artwork", id: nothing } });
  expect(await order()).toEqual([]);
  const nowhere = CollectionId.parse(randomUUID());
  await expect(collections.add(nowhere, [a])).rejects.toMatchObject({ facts: { kind: "collection" } });
  await expect(collections.move({ collectionId: id, artworkId: a, before: null })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await collections.cover(id, a)).toBe(false);
});

it("loses nothing of what several hang at once", async () => {
  const ids = [];
  for (let i = 0; i < 8; i++) ids.push(await hang(db));
  await Promise.all(ids.map((artworkId) => collections.add(id, [artworkId])));
  expect(new Set(await order())).toEqual(new Set(ids));
});
