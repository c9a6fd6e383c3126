import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, it } from "vitest";
import type { ArtworkId } from "#contracts/artwork.ts";
import { CollectionId } from "#contracts/collections.ts";
import { GalleryFilter, GalleryPageInput } from "#contracts/gallery.ts";
import { PersonId } from "#contracts/people.ts";
import { lruStore } from "#server/infra/cache/lru-store.ts";
import { prismaArtworks } from "#server/infra/prisma/artworks.ts";
import { prismaCollections } from "#server/infra/prisma/collections.ts";
import { prismaGallery } from "#server/infra/prisma/gallery.ts";
import { prismaLearning } from "#server/infra/prisma/learning.ts";
import { processOver } from "#tests/contracts/cache-contract.ts";
import { hang } from "#tests/hung-artworks.ts";
import { seeded } from "#tests/seeded.ts";
import { emptyTables, openTestDatabase } from "#tests/test-database.ts";
import { makeReadGallery } from "./read-gallery.ts";

/** What writes: another process than those who read. */
const studio = openTestDatabase();
const [one, other] = [openTestDatabase(), openTestDatabase()];
const now = new Date("2026-03-01T00:00:00Z");

beforeEach(() => emptyTables(studio));
afterAll(() => Promise.all([studio, one, other].map((db) => db.$disconnect())));

function web(db = one) {
  const { cache, counted } = processOver(lruStore({ maxBytes: 10_000_000, ttlMs: 60_000 }));
  return { gallery: makeReadGallery({ gallery: prismaGallery(db, null), cache, owner: null }), counted };
}

const collectionId = CollectionId.parse(randomUUID());
const WALLS = [{}, { sort: "best" }, { loved: true }, { trash: true }, { collectionId }, { mood: "serene" }] as const;

const all = async (gallery: ReturnType<typeof prismaGallery>) => ({
  facets: await gallery.facets(),
  walls: await Promise.all(
    WALLS.map(async (wall) => [
      await gallery.page(GalleryPageInput.parse(wall)),
      await gallery.outline(GalleryFilter.parse(wall)),
    ]),
  ),
});

/** Everything that changes a wall, by the repositories that do. */
function writes(ids: ArtworkId[]) {
  const [artworks, learning, collections] = [
    prismaArtworks(studio, null),
    prismaLearning(studio, null),
    prismaCollections(studio, null),
  ];
  const love = { action: "love", reward: 1, experience: 1, at: now } as const;
  const some = () => ids[ids.length - 1]!;
  const first = () => ids[0]!;
  return [
    async () => void ids.push(await hang(studio, { mood: "serene", style: `style ${ids.length}`, score: 0.3 })),
    () => artworks.mark(some(), now),
    () => artworks.mark(some(), null),
    () => learning.react(first(), love),
    () => learning.takeBack(first(), love),
    () => collections.add(collectionId, [some()]),
    () => collections.take(collectionId, [some()]),
    () => studio.artwork.update({ where: { id: first() }, data: { title: `Renamed ${ids.length}` } }),
    async () => {
      await artworks.mark(some(), now);
      await artworks.purge(new Date(now.getTime() + 1));
      ids.pop();
      ids.push(await hang(studio));
    },
  ];
}

it("no wall is stale after a write of another process, in either of two web processes", async () => {
  const { id: ownerId } = await studio.person.findFirstOrThrow({ where: { isOwner: true } });
  await prismaCollections(studio, PersonId.parse(ownerId)).create({ id: collectionId, name: "Blue" }, now);
  const ids = [await hang(studio), await hang(studio)];
  const [here, there] = [web(one), web(other)];
  const uncached = prismaGallery(studio, null);
  const rng = seeded(7);
  const ways = writes(ids);
  for (let i = 0; i < 20; i++) {
    await ways[i < ways.length ? i : Math.floor(rng() * ways.length)]!();
    const truth = await all(uncached);
    expect(await all(here.gallery)).toEqual(truth);
    expect(await all(there.gallery)).toEqual(truth);
  }
  expect(here.counted.filter((result) => result === "hit").length).toBeGreaterThan(30);
});

it("keeps what opens a wall until it changes, and nothing of its depths", async () => {
  await hang(studio);
  const { gallery, counted } = web();
  await all(gallery);
  await all(gallery);
  const asked = 1 + 2 * WALLS.length;
  expect(counted).toEqual([...Array(asked).fill("miss"), ...Array(asked).fill("hit")]);
  await gallery.page(GalleryPageInput.parse({ skip: 3 }));
  expect(counted).toHaveLength(2 * asked);
});

it("a reaction leaves the walls alone that do not go by reactions", async () => {
  const id = await hang(studio);
  const { gallery, counted } = web();
  await all(gallery);
  counted.length = 0;
  await prismaLearning(studio, null).react(id, { action: "like", reward: 0.85, experience: 1, at: now });
  await all(gallery);
  expect(counted.filter((result) => result === "miss")).toHaveLength(4);
});

it("what is not committed yet changes nothing, and is seen at once when it is", async () => {
  const { gallery } = web();
  const total = async () => (await gallery.outline(GalleryFilter.parse({}))).total;
  expect(await total()).toBe(0);
  await studio.$transaction(async (tx) => {
    await hang(tx as typeof studio);
    expect(await total()).toBe(0);
  });
  expect(await total()).toBe(1);
  await expect(
    studio.$transaction(async (tx) => {
      await hang(tx as typeof studio);
      throw new RangeError("rolled back");
    }),
  ).rejects.toThrow("rolled back");
  expect(await total()).toBe(1);
});
