import { afterAll, beforeEach, expect, it } from "vitest";
import type { OrderId } from "#contracts/order.ts";
import { at, newOrder } from "#tests/contracts/order-repo-contract.ts";
import { emptyTables, openTestDatabase, ownerIn } from "#tests/test-database.ts";
import { prismaArtists } from "./artists.ts";
import { prismaLine } from "./line.ts";
import { prismaOrders } from "./orders.ts";

const db = openTestDatabase();
const owner = await ownerIn(db);
const [line, orders] = [prismaLine(db, owner), prismaOrders(db, owner)];
beforeEach(() => emptyTables(db));
afterAll(() => db.$disconnect());

const place = async (second: number) =>
  (await orders.place(newOrder((await prismaArtists(db, owner).list())[0]!.id, second))).id;
const ids = async () => (await line.list()).map(({ id }) => id);
/** As the worker would take them. */
const jobs = async () => {
  const rows = await db.$queryRaw<
    { key: OrderId }[]
  >`select key from graphile_worker.jobs where key is not null order by run_at, id`;
  return rows.map(({ key }) => key);
};

it("stands as the orders came, what is being painted first", async () => {
  const [a, b, c] = [await place(1), await place(2), await place(3)];
  await orders.claim(b, 60_000, at(4));
  expect(await ids()).toEqual([b, a, c]);
});

it("lets one go before another, or last, and the worker takes them so, even among those of one moment", async () => {
  const [a, b, c] = [await place(1), await place(1), await place(1)];
  const stood = await ids();
  expect(new Set(stood)).toEqual(new Set([a, b, c]));
  expect(await line.move(c, a)).toBe(true);
  expect((await ids()).indexOf(c)).toBe((await ids()).indexOf(a) - 1);
  expect(await line.move(c, null)).toBe(true);
  expect((await ids()).at(-1)).toBe(c);
  expect(await jobs()).toEqual(await ids());
  const [first] = await ids();
  expect(await line.move(first!, first!)).toBe(true);
  expect((await ids())[0]).toBe(first);
});

it("moves nothing that waits no more, and keeps the new place when it comes back", async () => {
  const [a, b] = [await place(1), await place(2)];
  await line.move(b, a);
  await orders.claim(b, 60_000, at(3));
  expect(await line.move(b, null)).toBe(false);
  expect(await line.move(a, b)).toBe(false);
  await orders.release(b, 1, { now: at(4), refusedForMs: null });
  expect(await ids()).toEqual([b, a]);
  expect(await jobs()).toEqual([b, a]);
});

it("is paused until somebody goes on", async () => {
  expect(await line.isPaused()).toBe(false);
  await line.setPaused(true);
  await line.setPaused(true);
  expect(await line.isPaused()).toBe(true);
  await line.setPaused(false);
  expect(await line.isPaused()).toBe(false);
});

it("remembers themes, each once, the latest first", async () => {
  const artistId = (await prismaArtists(db, owner).list())[0]!.id;
  for (const [theme, second] of [
    ["a lake", 1],
    ["a tree", 2],
    ["a lake", 3],
    ["", 4],
  ] as const)
    await orders.place({ ...newOrder(artistId, second), theme });
  expect(await orders.themes(5)).toEqual(["a lake", "a tree"]);
  expect(await orders.themes(1)).toEqual(["a lake"]);
});

it("gives a cancelled order its old place again, once", async () => {
  const [a, b] = [await place(1), await place(2)];
  await orders.cancel(a, at(3));
  expect(await ids()).toEqual([b]);
  expect(await line.restore(a)).toBe(true);
  expect(await ids()).toEqual([a, b]);
  expect(await jobs()).toEqual([a, b]);
  expect(await line.restore(a)).toBe(false);
  expect(await orders.claim(a, 60_000, at(4))).not.toBeNull();
});

it("loses no move of several that are made at once", async () => {
  const all: OrderId[] = [];
  for (let i = 0; i < 6; i++) all.push(await place(i));
  await Promise.all(all.slice(1).map((id) => line.move(id, all[0]!)));
  expect((await ids()).at(-1)).toBe(all[0]);
  expect(new Set(await ids())).toEqual(new Set(all));
});
