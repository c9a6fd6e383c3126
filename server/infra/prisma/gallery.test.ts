import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, it } from "vitest";
import { CollectionId } from "#contracts/collections.ts";
import { GalleryFilter, GalleryPageInput } from "#contracts/gallery.ts";
import { OUTLINE_STEP, ratioOf } from "#contracts/wall-outline.ts";
import { seedGallery } from "#tests/bench/seed-gallery.ts";
import { hang } from "#tests/hung-artworks.ts";
import { emptyTables, openTestDatabase, ownerIn } from "#tests/test-database.ts";
import { prismaCollections } from "./collections.ts";
import { prismaGallery } from "./gallery.ts";

const db = openTestDatabase();
const owner = await ownerIn(db);
const gallery = prismaGallery(db, owner);
beforeEach(() => emptyTables(db));
afterAll(() => db.$disconnect());

type Filter = Parameters<typeof GalleryFilter.parse>[0];
const idsOf = async (filter: object = {}) => (await gallery.page(GalleryPageInput.parse(filter))).map(({ id }) => id);
const outlineOf = (filter: Filter = {}) => gallery.outline(GalleryFilter.parse(filter));
const day = (text: string) => new Date(`${text}T12:00:00Z`);

it("gives every artwork once in each order, from any place, even among equals", async () => {
  const at = day("2026-03-01");
  const ids = [];
  for (let i = 0; i < 7; i++) ids.push(await hang(db, { createdAt: at, score: i % 2 === 0 ? 0.5 : 0.25 }));
  for (const sort of ["newest", "oldest", "best"] as const) {
    const whole = await gallery.page(GalleryPageInput.parse({ sort }));
    expect(new Set(whole.map(({ id }) => id))).toEqual(new Set(ids));
    const rows = new Map((await db.artwork.findMany()).map((row) => [row.id, row]));
    for (let i = 0; i < whole.length; i++) {
      const { createdAt, score, id } = rows.get(whole[i]!.id)!;
      expect(await idsOf({ sort, after: { createdAt, score, id } })).toEqual(whole.slice(i + 1).map((tile) => tile.id));
    }
    expect(await idsOf({ sort, skip: 2, limit: 3 })).toEqual(whole.slice(2, 5).map(({ id }) => id));
  }
});

it("finds words by their stem in title and prompt, phrases, and what is not wanted", async () => {
  const ship = await hang(db, { title: "Ships at Night", prompt: "two boats sailing, oil painting" });
  const lake = await hang(db, { title: "A quiet lake", prompt: "a quiet lake at night, watercolor" });
  expect(await idsOf({ q: "ship" })).toEqual([ship]);
  expect(await idsOf({ q: "night" })).toEqual([lake, ship]);
  expect(await idsOf({ q: "night -ships" })).toEqual([lake]);
  expect(await idsOf({ q: '"quiet lake"' })).toEqual([lake]);
  expect(await idsOf({ q: "';drop table artworks;--" })).toEqual([]);
  expect(await idsOf({ q: "the" })).toEqual([]);
});

it("filters by everything at once, days included, the trash apart", async () => {
  const one = await hang(db, { mood: "serene", style: "watercolor", score: 0.9, createdAt: day("2026-03-01") });
  const two = await hang(db, {
    mood: "serene",
    style: "oil",
    modelId: "other",
    score: 0.4,
    createdAt: day("2026-03-02"),
  });
  const gone = await hang(db, { mood: "serene", trashedAt: day("2026-03-04"), createdAt: day("2026-03-03") });
  await db.feedback.create({ data: { artworkId: one, action: "love", at: day("2026-03-05") } });
  expect(await idsOf({ mood: "serene" })).toEqual([two, one]);
  expect(await idsOf({ mood: "bold" })).toEqual([]);
  expect(await idsOf({ style: "oil" })).toEqual([two]);
  expect(await idsOf({ modelId: "other", mood: "serene" })).toEqual([two]);
  expect(await idsOf({ loved: true })).toEqual([one]);
  expect(await idsOf({ minScore: 0.5 })).toEqual([one]);
  expect(await idsOf({ from: "2026-03-02" })).toEqual([two]);
  expect(await idsOf({ to: "2026-03-01" })).toEqual([one]);
  expect(await idsOf({ from: "2026-03-01", to: "2026-03-02" })).toEqual([two, one]);
  expect(await idsOf({ trash: true })).toEqual([gone]);
  const id = CollectionId.parse(randomUUID());
  await prismaCollections(db, owner).create({ id, name: "Blue" }, day("2026-03-06"));
  await prismaCollections(db, owner).add(id, [one]);
  expect(await idsOf({ collectionId: id })).toEqual([one]);
});

it("outlines the wall: how many, of which shapes, in which months, with a place to begin at every so often", async () => {
  await seedGallery(db, 2 * OUTLINE_STEP + 7);
  await db.artwork.updateMany({ data: { createdAt: day("2026-02-10") } });
  const wide = await hang(db, { widthPx: 768, heightPx: 512, createdAt: day("2026-03-01") });
  const outline = await outlineOf();
  expect(outline.total).toBe(2 * OUTLINE_STEP + 8);
  expect(outline.ratios).toHaveLength(outline.total);
  expect(ratioOf(outline.ratios[0]!)).toBeCloseTo(1.5, 1);
  expect(ratioOf(outline.ratios[1]!)).toBe(1);
  expect(outline.months).toEqual([
    { month: "2026-03", count: 1 },
    { month: "2026-02", count: 2 * OUTLINE_STEP + 7 },
  ]);
  expect(outline.anchors).toHaveLength(2);
  expect((await idsOf({ limit: 1 }))[0]).toBe(wide);
  const all = (await db.artwork.findMany({ orderBy: [{ createdAt: "desc" }, { id: "desc" }] })).map(({ id }) => id);
  expect(await idsOf({ after: outline.anchors[0], limit: 3 })).toEqual(all.slice(OUTLINE_STEP, OUTLINE_STEP + 3));
  expect(await idsOf({ after: outline.anchors[1], skip: 5 })).toEqual(all.slice(2 * OUTLINE_STEP + 5));
  expect((await outlineOf({ sort: "oldest" })).months[0]?.month).toBe("2026-02");
  expect((await outlineOf({ sort: "best" })).months).toEqual([]);
  expect(await outlineOf({ q: "nothing" })).toEqual({ total: 0, ratios: "", months: [], anchors: [] });
});

it("offers what there is to filter by, and gives tiles in the order asked for", async () => {
  const one = await hang(db, { style: "oil", mood: "serene" });
  const two = await hang(db, { style: "watercolor", modelId: "other" });
  await hang(db, { style: "ink", trashedAt: day("2026-03-04") });
  expect(await gallery.facets()).toEqual({
    styles: ["oil", "watercolor"],
    modelIds: ["aria", "other"],
    moods: ["serene"],
  });
  expect((await gallery.tiles([two, one])).map(({ id }) => id)).toEqual([two, one]);
});

it("knows what a newcomer has done", async () => {
  expect(await gallery.firstSteps()).toEqual({ painted: false, reacted: false, collected: false });
  const artworkId = await hang(db);
  await db.feedback.create({ data: { artworkId, action: "like", at: day("2026-03-05") } });
  expect(await gallery.firstSteps()).toEqual({ painted: true, reacted: true, collected: false });
});

it("gives a whole family, from whichever of it one asks, without what was thrown away", async () => {
  const root = await hang(db, { title: "root" });
  const child = await hang(db, { title: "child" });
  const other = await hang(db, { title: "other" });
  const grandchild = await hang(db, { title: "grandchild" });
  const gone = await hang(db, { title: "gone", trashedAt: day("2026-03-04") });
  const descend = (id: string, parentId: string) =>
    db.order.update({ where: { id }, data: { parentId, remix: "style" } });
  for (const [id, parent] of [
    [child, root],
    [other, root],
    [grandchild, child],
    [gone, root],
  ] as const)
    await descend(id, parent);
  for (const id of [root, child, grandchild]) {
    const told = (await gallery.family(id)).map(({ tile, parentId, remix }) => [tile.title, parentId, remix]);
    expect(told).toEqual([
      ["root", null, null],
      ["child", root, "style"],
      ["other", root, "style"],
      ["grandchild", child, "style"],
    ]);
  }
  // A ring, which nothing here makes, ends all the same.
  await descend(root, grandchild);
  expect((await gallery.family(root)).length).toBeLessThanOrEqual(80);
});

it("refuses days and words that the database cannot take", () => {
  for (const odd of [
    { from: "0000-01-01" },
    { to: "9999-01-01" },
    { from: "2026-02-30" },
    { q: "a\0b" },
    { style: "\0" },
  ])
    expect(GalleryFilter.safeParse(odd).success).toBe(false);
});
