import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeEach, expect, it } from "vitest";
import type { ArtworkId } from "#contracts/artwork.ts";
import { CollectionId } from "#contracts/collections.ts";
import { GalleryFilter, GalleryPageInput } from "#contracts/gallery.ts";
import type { OrderId } from "#contracts/order.ts";
import type { PersonId } from "#contracts/people.ts";
import { ShareSlug } from "#contracts/shares.ts";
import { at, newOrder } from "#tests/contracts/order-repo-contract.ts";
import { expectHidden, ownerContract } from "#tests/contracts/owner-contract.ts";
import { hang } from "#tests/hung-artworks.ts";
import { emptyTables, letIn, openTestDatabase, ownerIn } from "#tests/test-database.ts";
import { prismaRepos } from "./repos.ts";

const db = openTestDatabase();
const owner = await ownerIn(db);
afterAll(() => db.$disconnect());

ownerContract("Prisma", async () => {
  await emptyTables(db);
  return {
    mine: prismaRepos(db, await letIn(db, "Ada")),
    theirs: prismaRepos(db, await letIn(db, "Grace")),
    // Hers, who lives here since the first start, is of no interest here.
    all: await withoutOwners(),
  };
});

async function withoutOwners() {
  const { artists, ...all } = prismaRepos(db, null);
  const others = async () => {
    const own = new Set((await prismaRepos(db, owner).artists.list()).map(({ id }) => id));
    return (await artists.list()).filter(({ id }) => !own.has(id));
  };
  return { ...all, artists: { ...artists, list: others } };
}

/** By the column that says whose a row is, or by the relation through which it is somebody's; "house": the operator's. */
const WHOSE: Readonly<Record<string, "ownerId" | "personId" | "userId" | "house" | readonly string[]>> = {
  Artist: "ownerId",
  Order: "ownerId",
  Artwork: "ownerId",
  Series: "ownerId",
  Collection: "ownerId",
  Sketch: "ownerId",
  Device: "personId",
  ApiKey: "personId",
  Session: "userId",
  Account: "userId",
  Passkey: "userId",
  Candidate: ["order"],
  Thought: ["order"],
  Choice: ["order"],
  MoodChange: ["artist"],
  Arm: ["artist"],
  Episode: ["artist"],
  Duel: ["artist"],
  Feedback: ["artwork"],
  CollectionItem: ["collection"],
  Share: ["artwork", "collection"],
  Person: "house",
  Secret: "house",
  Switch: "house",
  WallVersion: "house",
  Flag: "house",
  FlagExposure: "house",
  FlagOutcome: "house",
  SafetyRules: "house",
  Studio: "house",
  Verification: "house",
  Audit: "house",
};

/** Of each model its fields, as the schema writes them: `owner Person @relation(...)`. */
function modelsIn(schema: string): Map<string, Map<string, { type: string; isOptional: boolean }>> {
  const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)];
  return new Map(
    models.map(([, name, body]) => {
      const fields = [...body!.matchAll(/^ {2}(\w+) +(\w+)(\??)/gm)];
      return [
        name!,
        new Map(fields.map(([, field, type, mark]) => [field!, { type: type!, isOptional: mark === "?" }])),
      ];
    }),
  );
}

it("says of every row whose it is, or that it is the operator's", () => {
  const models = modelsIn(readFileSync("prisma/schema.prisma", "utf8"));
  expect(models.size).toBeGreaterThan(25);
  expect([...models.keys()].sort()).toEqual(Object.keys(WHOSE).sort());
  for (const [name, fields] of models) {
    const whose = WHOSE[name]!;
    if (whose === "house") expect([name, fields.has("ownerId")]).toEqual([name, false]);
    else if (typeof whose === "string") {
      expect([name, fields.get(whose)]).toEqual([name, { type: "String", isOptional: false }]);
      const person = fields.get(whose === "ownerId" ? "owner" : "person");
      expect([name, person]).toEqual([name, { type: "Person", isOptional: false }]);
    } else
      for (const relation of whose) {
        const through = fields.get(relation)!;
        expect([name, WHOSE[through.type]]).toEqual([name, "ownerId"]);
        // One of several; where there is one way, it is always there.
        expect([name, through.isOptional]).toEqual([name, whose.length > 1]);
      }
  }
});

interface Home {
  readonly who: PersonId;
  readonly repos: ReturnType<typeof prismaRepos>;
  readonly artistId: Awaited<ReturnType<ReturnType<typeof prismaRepos>["artists"]["list"]>>[number]["id"];
}
let [ada, grace] = [] as unknown as [Home, Home];
async function moveIn(name: string): Promise<Home> {
  const who = await letIn(db, name);
  const repos = prismaRepos(db, who);
  return { who, repos, artistId: (await repos.artists.list())[0]!.id };
}
beforeEach(async () => {
  await emptyTables(db);
  [ada, grace] = [await moveIn("Ada"), await moveIn("Grace")];
});

it("hangs on each wall what is theirs alone, and finds likeness among that alone", async () => {
  const embedding = Float32Array.of(1, 0);
  const hers = await hang(db, { artistId: grace.artistId, title: "Her lake", style: "oil", mood: "bold", embedding });
  const own = await hang(db, { artistId: ada.artistId, title: "My lake", embedding });
  const { gallery } = ada.repos;
  for (const filter of [{}, { q: "lake" }, { sort: "best" }, { sort: "oldest" }])
    expect((await gallery.page(GalleryPageInput.parse(filter))).map(({ id }) => id)).toEqual([own]);
  for (const filter of [{ artistId: grace.artistId }, { style: "oil" }, { mood: "bold" }, { q: "her" }])
    expect(await gallery.page(GalleryPageInput.parse(filter))).toEqual([]);
  expect(await gallery.outline(GalleryFilter.parse({}))).toMatchObject({ total: 1 });
  expect(await gallery.facets()).toMatchObject({ styles: [], moods: [] });
  expect((await gallery.embeddings(null, 9)).map(({ id }) => id)).toEqual([own]);
  await expectHidden<ArtworkId>({ tiles: (id) => gallery.tiles([id]), family: (id) => gallery.family(id) }, hers);
  expect(await prismaRepos(db, null).gallery.outline(GalleryFilter.parse({}))).toMatchObject({ total: 2 });
});

it("tells a newcomer what they have done, and not what others have", async () => {
  const hers = await hang(db, { artistId: grace.artistId });
  await db.feedback.create({ data: { artworkId: hers, action: "love", at: at(1) } });
  const id = CollectionId.parse(randomUUID());
  await grace.repos.collections.create({ id, name: "Blue" }, at(1));
  await grace.repos.collections.add(id, [hers]);
  expect(await ada.repos.gallery.firstSteps()).toEqual({ painted: false, reacted: false, collected: false });
  expect(await grace.repos.gallery.firstSteps()).toEqual({ painted: true, reacted: true, collected: true });
});

it("keeps collections, and hangs in none what is another's", async () => {
  const [hers, own] = [await hang(db, { artistId: grace.artistId }), await hang(db, { artistId: ada.artistId })];
  const [blue, mine] = [CollectionId.parse(randomUUID()), CollectionId.parse(randomUUID())];
  await grace.repos.collections.create({ id: blue, name: "Blue" }, at(1));
  await grace.repos.collections.add(blue, [hers]);
  const before = await grace.repos.collections.get(blue);
  const { collections } = ada.repos;
  await expectHidden<CollectionId>(
    {
      get: (id) => collections.get(id),
      rename: (id) => collections.rename(id, "Mine"),
      restore: (id) => collections.restore(id),
      add: (id) => collections.add(id, [own]),
      take: (id) => collections.take(id, [hers]),
      move: (id) => collections.move({ collectionId: id, artworkId: hers, before: null }),
      cover: (id) => collections.cover(id, hers),
      remove: (id) => collections.remove(id, at(2)),
    },
    blue,
  );
  expect(await collections.list()).toEqual([]);
  await expect(collections.create({ id: blue, name: "Mine" }, at(3))).rejects.toMatchObject({ code: "CONFLICT" });
  await collections.create({ id: mine, name: "Mine" }, at(3));
  await expectHidden<ArtworkId>({ add: (id) => collections.add(mine, [own, id]) }, hers);
  expect(await collections.get(mine)).toMatchObject({ count: 0 });
  expect(await grace.repos.collections.get(blue)).toEqual(before);
});

it("lets whoever owns a thing share it, and whoever has the link see it", async () => {
  const hers = await hang(db, { artistId: grace.artistId });
  const slug = ShareSlug.parse("a".repeat(22));
  const link = { passwordHash: null, expiresAt: null, revokedAt: null, views: 0, createdAt: at(1) };
  const never = { ...link, slug: ShareSlug.parse("b".repeat(22)) };
  await grace.repos.shares.create({ ...link, slug, of: { artworkId: hers } });
  const { shares } = ada.repos;
  await expectHidden<ArtworkId>(
    {
      create: (artworkId) => shares.create({ ...never, of: { artworkId } }),
      of: (artworkId) => shares.of({ artworkId }),
    },
    hers,
  );
  expect(await shares.revoke(slug, at(2))).toBe(false);
  const everybody = prismaRepos(db, null).shares;
  expect(await everybody.get(slug)).toMatchObject({ slug, revokedAt: null });
  expect(await everybody.artworks({ artworkId: hers })).toMatchObject({ artworks: [{ id: hers }] });
  expect(await grace.repos.shares.revoke(slug, at(2))).toBe(true);
});

it("shows each their own of the line, and moves it past nobody else", async () => {
  const place = async (home: Home, second: number) =>
    (await home.repos.orders.place(newOrder(home.artistId, second))).id;
  const [a, x, b, y] = [await place(ada, 1), await place(grace, 2), await place(ada, 3), await place(grace, 4)];
  const ids = async (repos: Home["repos"]) => (await repos.line.list()).map(({ id }) => id);
  expect(await ids(ada.repos)).toEqual([a, b]);
  expect(await ada.repos.line.move(b, a)).toBe(true);
  expect(await ids(prismaRepos(db, null))).toEqual([b, x, a, y]);
  await expectHidden<OrderId>(
    { move: (id) => ada.repos.line.move(id, null), before: (id) => ada.repos.line.move(a, id) },
    x,
  );
  await grace.repos.orders.cancel(y, at(5));
  await expectHidden<OrderId>({ restore: (id) => ada.repos.line.restore(id) }, y);
  expect(await ids(prismaRepos(db, null))).toEqual([b, x, a]);
});

it("lets the artists of whoever was taken out rest, keeps all they made, and tells their devices nothing more", async () => {
  const own = await hang(db, { artistId: ada.artistId });
  const keys = { p256dh: "key", auth: "auth" };
  await ada.repos.devices.put({ endpoint: "https://push.example/1", keys, topics: ["painted"], locale: "en" }, at(1));
  await db.person.update({ where: { id: ada.who }, data: { leftAt: at(2) } });
  const everybody = prismaRepos(db, null);
  expect((await everybody.artists.list()).map(({ id }) => id)).not.toContain(ada.artistId);
  expect((await everybody.artists.list()).map(({ id }) => id)).toContain(grace.artistId);
  expect(await everybody.artworks.get(own)).toMatchObject({ id: own });
  expect(await everybody.devices.about("painted", ada.artistId)).toEqual([]);
});

it("finds a page of one wall by an index that begins with whose it is", async () => {
  for (let i = 0; i < 3; i++) await hang(db, { artistId: ada.artistId });
  const planned = await db.$transaction(async (tx) => {
    await tx.$executeRaw`set local enable_seqscan = off`;
    return tx.$queryRaw<Record<string, string>[]>`
      explain select id from artworks where owner_id = ${ada.who}::uuid and trashed_at is null
      order by created_at desc, id desc limit 40`;
  });
  const plan = planned.map((row) => Object.values(row)[0]).join("\n");
  expect(plan).toContain("artworks_gallery_idx");
  expect(plan).not.toContain("Sort");
});
