import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { ArtworkId } from "#contracts/artwork.ts";
import type { ArtistId } from "#contracts/mind.ts";
import { OrderId } from "#contracts/order.ts";
import { ApiKeyId, PersonId } from "#contracts/people.ts";
import { scryptPasswords } from "#server/infra/secrets/passwords.ts";
import { at, finishAt, newOrder } from "#tests/contracts/order-repo-contract.ts";
import { emptyTables, openTestDatabase } from "#tests/test-database.ts";
import { prismaArtists } from "./artists.ts";
import { prismaLine } from "./line.ts";
import { prismaOperations } from "./operations.ts";
import { prismaOrders } from "./orders.ts";
import { prismaApiKeys, prismaPeople } from "./people.ts";
import { prismaStudios } from "./studios.ts";

const db = openTestDatabase();
const [operations, orders, line] = [prismaOperations(db), prismaOrders(db, null), prismaLine(db, null)];
const LEASE_MS = 60_000;
let artistId: ArtistId;
beforeEach(async () => {
  await emptyTables(db);
  artistId = (await prismaArtists(db, null).list())[0]!.id;
});
afterAll(() => db.$disconnect());

const people = prismaPeople(db, scryptPasswords);
const bringIn = (name: string) => {
  const person = { id: PersonId.parse(randomUUID()), name, email: `${name}@example.org`, role: "member" } as const;
  return people.create({ ...person, password: "a long password" }, at(0));
};

type Part = Partial<ReturnType<typeof newOrder>>;
const place = async (second: number, part: Part = {}): Promise<OrderId> =>
  (await orders.place({ ...newOrder(artistId, second), ...part })).id;

async function fail(second: number, code: "GENERATION_FAILED" | "UNAVAILABLE" = "GENERATION_FAILED"): Promise<OrderId> {
  const id = await place(second);
  const { fence } = (await orders.claim(id, LEASE_MS, at(second)))!;
  await orders.fail(id, fence, { code, message: "It broke." }, at(second));
  return id;
}

/** Begun at `second`, done `seconds` later. */
async function paint(second: number, seconds: number, scores: { score: number; agreement: number | null }) {
  const id = await place(second);
  const { fence } = (await orders.claim(id, LEASE_MS, at(second)))!;
  const finish = finishAt(second + seconds);
  const candidates = finish.candidates.map((one) => ({
    ...one,
    score: one.index === finish.keptIndex ? scores.score : 0.99,
    scores: { ...one.scores, agreement: one.index === finish.keptIndex ? scores.agreement : 0.99 },
  }));
  await orders.finish(id, fence, { ...finish, candidates, artworkId: ArtworkId.parse(randomUUID()) });
}

const queue = (limit = 10) => operations.queue({ limit, endedSince: at(0) });
const idsOf = (rows: readonly { id: OrderId }[]) => rows.map(({ id }) => id);
const jobs = async () => {
  const rows = await db.$queryRaw<{ key: string }[]>`
    select key from graphile_worker.jobs where key is not null order by run_at, id`;
  return rows.map(({ key }) => key);
};

describe("the queue", () => {
  it("has what is painted, what waits in its turn, and what ended badly, the latest first", async () => {
    const [a, b, c] = [await place(1), await place(2), await place(3)];
    const broken = await fail(4);
    await orders.claim(b, LEASE_MS, at(5));
    const left = await place(6);
    await orders.cancel(left, at(7));
    const seen = await queue(1);
    expect(idsOf(seen.painting)).toEqual([b]);
    expect(idsOf(seen.waiting)).toEqual([a]);
    expect(seen.waitingInAll).toBe(2);
    expect(idsOf(seen.ended)).toEqual([left, broken]);
    expect(seen.ended[1]).toMatchObject({
      artist: "Aria",
      theme: "a lighthouse",
      title: null,
      failure: { code: "GENERATION_FAILED", message: "It broke." },
      finishedAt: at(4),
    });
    expect((await operations.queue({ limit: 1, endedSince: at(5) })).ended).toHaveLength(1);
    expect(idsOf((await queue()).waiting)).toEqual([a, c]);
    expect(await operations.isOrder(a)).toBe(true);
    expect(await operations.isOrder(OrderId.parse(randomUUID()))).toBe(false);
  });

  it("says whose each is where several live here", async () => {
    await place(1);
    expect((await queue()).waiting).toMatchObject([{ person: null }]);
    const { id } = await bringIn("Ada");
    const [artist] = await prismaArtists(db, id).list();
    await prismaOrders(db, id).place(newOrder(artist!.id, 9));
    const { waiting } = await queue();
    expect(waiting.map(({ person }) => person).sort()).toEqual(["Ada", "Owner"]);
    await people.remove(id, at(20));
    expect(new Set((await queue()).waiting.map(({ person }) => person))).toEqual(new Set([null]));
  });

  it("lets one go first, and the worker takes it first", async () => {
    const [a, b, c] = [await place(1), await place(1), await place(1)];
    const stood = idsOf((await queue()).waiting);
    const last = stood.at(-1)!;
    expect(await operations.toFront(last)).toBe(true);
    expect(await jobs()).toEqual([last, ...stood.slice(0, -1)]);
    expect(new Set(stood)).toEqual(new Set([a, b, c]));
    expect(await operations.toFront(last)).toBe(true);
    await orders.claim(last, LEASE_MS, at(9));
    expect(await operations.toFront(last)).toBe(false);
  });

  it("tries again what failed, as if for the first time, behind whatever waits", async () => {
    const broken = await fail(1);
    const waiting = await place(2);
    expect(await operations.retry(broken, at(3))).toBe(true);
    expect(idsOf(await line.list())).toEqual([waiting, broken]);
    expect(await jobs()).toEqual([waiting, broken]);
    expect(await orders.get(broken)).toMatchObject({ state: "waiting", failure: null, finishedAt: null });
    expect(await orders.claim(broken, LEASE_MS, at(4))).toMatchObject({ attempts: 1, refusals: 0, fence: 2 });
    expect(await operations.retry(broken, at(5))).toBe(false);
    await orders.cancel(waiting, at(6));
    expect(await operations.retry(waiting, at(7))).toBe(true);
  });

  it("gives a cancelled one that a worker still holds to another, and takes nothing from the first", async () => {
    const id = await place(1);
    const { fence } = (await orders.claim(id, LEASE_MS, at(1)))!;
    await orders.cancel(id, at(2));
    expect(await operations.retry(id, at(3))).toBe(true);
    expect(await orders.renew(id, fence, LEASE_MS, at(4))).toBe(false);
    expect(await orders.finish(id, fence, finishAt(5))).toBe(false);
  });
});

describe("trends", () => {
  const HOUR = 3_600;
  /** The first three days of 2026. */
  const bounds = [0, 24, 48, 72].map((hours) => at(hours * HOUR));

  it("count and measure by day what ended on it, of the kept candidates alone", async () => {
    await paint(1 * HOUR, 10, { score: 0.5, agreement: 0.25 });
    await paint(2 * HOUR, 20, { score: 0.75, agreement: null });
    await paint(3 * HOUR, 30, { score: 0.25, agreement: 0.75 });
    await fail(4 * HOUR);
    // Begun on the first day, kept on the third.
    await paint(47.999 * HOUR, HOUR, { score: 1, agreement: 1 });
    await orders.cancel(await place(5 * HOUR), at(50 * HOUR));
    await fail(73 * HOUR);
    const [first, third, ...none] = await operations.days(bounds);
    expect(none).toEqual([]);
    expect(first).toEqual({
      index: 0,
      done: 3,
      failed: 1,
      cancelled: 0,
      score: 0.5,
      agreement: 0.5,
      aesthetic: null,
      p50Seconds: 20,
      p95Seconds: 29,
    });
    expect(third).toMatchObject({ index: 2, done: 1, cancelled: 1, score: 1, p50Seconds: HOUR, p95Seconds: HOUR });
    expect(await operations.ends(bounds[0]!, bounds[1]!)).toEqual({ done: 3, failed: 1, cancelled: 0 });
    expect(await operations.ends(bounds[1]!, bounds[2]!)).toEqual({ done: 0, failed: 0, cancelled: 0 });
  });

  it("are empty where nothing ever ended", async () => {
    await place(1);
    expect(await operations.days(bounds)).toEqual([]);
    expect(await operations.tallies(bounds[0]!, bounds[3]!)).toEqual({ failures: [], models: [] });
  });

  it("name what it failed of, and what was painted with", async () => {
    await fail(1, "UNAVAILABLE");
    await fail(2);
    await fail(3);
    await paint(4, 1, { score: 0.5, agreement: null });
    await fail(80 * HOUR);
    expect(await operations.tallies(bounds[0]!, bounds[3]!)).toEqual({
      failures: [
        { code: "GENERATION_FAILED", count: 2 },
        { code: "UNAVAILABLE", count: 1 },
      ],
      models: [{ modelId: "aria", works: 1 }],
    });
  });
});

describe("words", () => {
  const asked = (since = 0, limit = 10, latest = 100) =>
    operations.words({ since: at(since), latest, least: 3, limit });

  it("are told once three orders said them, never by fewer, and without those that say nothing", async () => {
    for (const theme of [
      "a quiet LAKE",
      "The lake, at night!",
      "ein See in der Nacht am lake lake",
      "a secret of mine",
    ])
      await place(10, { theme });
    await place(11, { theme: "night" });
    await place(12, { theme: "night" });
    for (let i = 0; i < 3; i++) await place(13, { theme: "and the of der die das 42" });
    expect(await asked()).toEqual([
      { word: "lake", orders: 3 },
      { word: "night", orders: 3 },
    ]);
    expect(await asked(0, 1)).toEqual([{ word: "lake", orders: 3 }]);
    expect(await asked(11)).toEqual([]);
    expect(await asked(0, 10, 5)).toEqual([]);
  });

  it("count a series as one asking, and leave out what she began herself", async () => {
    const seriesId = randomUUID();
    const createdAt = at(1);
    const series = { id: seriesId, theme: "volcano", dimension: "light", count: 4, palette: "", manner: "", createdAt };
    const { ownerId } = await db.artist.findUniqueOrThrow({ where: { id: artistId } });
    await db.series.create({ data: { ...series, ownerId, modelId: "aria" } });
    for (let index = 0; index < 4; index++) await place(2, { theme: "volcano", piece: { seriesId, index } });
    for (let i = 0; i < 4; i++) await place(3, { theme: "volcano", own: true });
    await place(4, { theme: "volcano" });
    expect(await asked()).toEqual([]);
    await place(5, { theme: "a volcano" });
    expect(await asked()).toEqual([{ word: "volcano", orders: 3 }]);
  });

  it("are told where one person said them often only if nobody else lives here", async () => {
    for (let i = 0; i < 3; i++) await place(i, { theme: "wedding" });
    expect(await asked()).toEqual([{ word: "wedding", orders: 3 }]);
    for (const name of ["ada", "bea"]) {
      const { id } = await bringIn(name);
      expect(await asked()).toEqual([]);
      const [artist] = await prismaArtists(db, id).list();
      await prismaOrders(db, id).place({ ...newOrder(artist!.id, 9), theme: "a wedding" });
      expect(await asked()).toEqual([{ word: "wedding", orders: name === "ada" ? 4 : 5 }]);
      if (name === "bea") await people.remove(id, at(20));
    }
    expect(await asked()).toEqual([{ word: "wedding", orders: 4 }]);
  });
});

it("weighs what the database holds", async () => {
  await paint(1, 5, { score: 0.5, agreement: null });
  const { databaseBytes, tables, pictures } = await operations.holdings();
  expect(pictures).toEqual({ count: 2, bytes: 200 });
  const ofCandidates = async () => (await operations.holdings()).tables.find(({ name }) => name === "candidates");
  // A connection reports what it wrote a while late, and what was analyzed meanwhile counts twice until it is anew.
  const counted = async () => {
    await db.$executeRaw`analyze candidates`;
    return (await ofCandidates())?.rows;
  };
  await expect.poll(counted, { timeout: 90_000, interval: 500 }).toBe(2);
  expect((await ofCandidates())?.bytes).toBeGreaterThan(8_000);
  expect(tables.some(({ name }) => name === "_prisma_migrations")).toBe(false);
  expect(databaseBytes).toBeGreaterThan(tables.reduce((sum, { bytes }) => sum + bytes, 0));
}, 100_000);

it("knows what the studios that live hold in memory", async () => {
  const studios = prismaStudios(db);
  await studios.beat("one", at(10), 100_000_000);
  await studios.beat("two", at(10));
  await studios.beat("gone", at(1), 300_000_000);
  expect(await operations.studioBytes(at(5))).toEqual([100_000_000]);
});

it("gives every arm as it stands now", async () => {
  const shared = { artistId, dimension: "style", updatedAt: at(0) };
  const known = { arm: "ink", successes: 4, failures: 2 };
  await db.arm.createMany({
    data: [
      { ...shared, ...known, mood: "" },
      { ...shared, ...known, mood: "serene" },
    ],
  });
  const later = new Date(at(0).getTime() + 90 * 86_400_000);
  const faded = { dimension: "style", arm: "ink", successes: 2, failures: 1 };
  expect(await operations.arms(artistId, later)).toEqual(
    expect.arrayContaining([
      { ...faded, mood: null },
      { ...faded, mood: "serene" },
    ]),
  );
});

it("shows everybody's keys, and ends any of them, once", async () => {
  const apiKeys = prismaApiKeys(db);
  const owner = await people.owner();
  const ada = await bringIn("Ada");
  await apiKeys.create(owner.id, { name: "mine", scopes: ["admin"] }, at(1));
  await apiKeys.create(ada.id, { name: "hers", scopes: ["read"] }, at(2));
  const keys = await operations.keys(10);
  expect(keys).toMatchObject([
    { person: "Ada", name: "hers", scopes: ["read"], lastUsedAt: null },
    { person: "Owner", name: "mine" },
  ]);
  expect(JSON.stringify(keys)).not.toContain("hash");
  expect(await operations.keys(1)).toHaveLength(1);
  expect(await operations.revokeKey(keys[0]!.id, at(3))).toBe(true);
  expect(await operations.revokeKey(keys[0]!.id, at(4))).toBe(false);
  expect(await operations.revokeKey(ApiKeyId.parse(randomUUID()), at(4))).toBe(false);
  expect(await operations.keys(10)).toMatchObject([{ name: "mine" }]);
  expect(await apiKeys.list(ada.id)).toEqual([]);
});
