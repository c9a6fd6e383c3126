import { afterAll, expect, it } from "vitest";
import { at, newOrder, repoContract } from "#tests/contracts/order-repo-contract.ts";
import { emptyTables, openTestDatabase, ownerIn, testDatabaseUrl } from "#tests/test-database.ts";
import { prismaArtists } from "./artists.ts";
import { openDatabase } from "./database.ts";
import { prismaLine } from "./line.ts";
import { prismaOrders } from "./orders.ts";
import { prismaRepos } from "./repos.ts";
import { prismaStudios } from "./studios.ts";

const db = openTestDatabase();
const owner = await ownerIn(db);
afterAll(() => db.$disconnect());

repoContract("Prisma", async () => {
  await emptyTables(db);
  return prismaRepos(db, owner);
});

const artistId = async () => (await prismaArtists(db, owner).list())[0]!.id;

const jobs = (id: string) => db.$queryRaw<{ key: string }[]>`select key from graphile_worker.jobs where key = ${id}`;

it("writes an order and its job together, once", async () => {
  await emptyTables(db);
  const order = newOrder(await artistId());
  await Promise.all([prismaOrders(db, owner).place(order), prismaOrders(db, owner).place(order)]);
  expect(await jobs(order.id)).toEqual([{ key: order.id }]);
});

it("asks again later after a refusal, and puts an abandoned order back into its old place in the line", async () => {
  await emptyTables(db);
  const orders = prismaOrders(db, owner);
  const { id } = await orders.place(newOrder(await artistId(), 3));
  const runAt = async () =>
    (await db.$queryRaw<{ run_at: Date }[]>`select run_at from graphile_worker.jobs where key = ${id}`)[0]?.run_at;
  expect(await runAt()).toEqual(at(3));
  await orders.claim(id, 1_000, at(4));
  await orders.release(id, 1, { now: at(5), refusedForMs: 5_000 });
  expect(await runAt()).toEqual(at(10));
  await orders.claim(id, 1_000, at(10));
  expect(await orders.requeueAbandoned(at(20))).toBe(1);
  expect(await runAt()).toEqual(at(3));
});

it("bug: an order whose studio died between its job and its claim waited twelve seconds for another", async () => {
  await emptyTables(db);
  const orders = prismaOrders(db, null);
  const { id } = await orders.place({ ...newOrder(await artistId()), createdAt: new Date() });
  const lockedFor = (seconds: number) =>
    db.$executeRaw`update graphile_worker._private_jobs set locked_by = 'dead',
      locked_at = now() - ${seconds} * interval '1 second' where key = ${id}`;
  await lockedFor(1);
  expect(await orders.requeueAbandoned(new Date())).toBe(0);
  await lockedFor(8);
  expect(await orders.requeueAbandoned(new Date())).toBe(1);
  expect((await orders.claim(id, 1_000, new Date()))?.attempts).toBe(1);
});

it("takes up an order as soon as the studio that paints it is gone, and none that another paints", async () => {
  await emptyTables(db);
  const orders = prismaOrders(db, null);
  const [{ id: painted }, { id: left }] = [
    await orders.place(newOrder(await artistId())),
    await orders.place(newOrder(await artistId())),
  ];
  const [there, gone] = ["there", "gone"].map((name) =>
    openDatabase(testDatabaseUrl(), { applicationName: `studio-${name}` }),
  );
  const now = new Date();
  await prismaOrders(there!, null).claim(painted, 60_000, now);
  await prismaOrders(gone!, null).claim(left, 60_000, now);
  await gone!.$disconnect();
  // A database that has just started waits for leases alone.
  expect(await orders.requeueAbandoned(now)).toBe(0);
  expect(await orders.requeueAbandoned(now, 59_000)).toBe(0);
  await expect.poll(() => orders.requeueAbandoned(now, 61_000), { timeout: 10_000 }).toBe(1);
  expect((await orders.get(left))?.state).toBe("waiting");
  expect((await orders.get(painted))?.state).toBe("painting");
  await there!.$disconnect();
}, 15_000);

it("lets no order wait for a time that a clock was set back from", async () => {
  await emptyTables(db);
  const orders = prismaOrders(db, null);
  const { id } = await orders.place({ ...newOrder(await artistId()), createdAt: new Date(Date.now() + 3_600_000) });
  const isDue = () =>
    db.$queryRaw`select run_at <= now() as due, locked_at from graphile_worker.jobs where key = ${id}`;
  const due = [{ due: true, locked_at: null }];
  expect(await isDue()).toEqual(due);
  const now = new Date();
  expect(await orders.requeueAbandoned(now)).toBe(0);
  await db.$executeRaw`update graphile_worker._private_jobs set run_at = now() + interval '1 hour' where key = ${id}`;
  expect(await orders.requeueAbandoned(now)).toBe(1);
  expect(await isDue()).toEqual(due);
  await db.$executeRaw`update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now() + interval '1 hour'
    where key = ${id}`;
  expect(await orders.requeueAbandoned(now)).toBe(1);
  expect(await isDue()).toEqual(due);
  await orders.claim(id, 15_000, new Date(now.getTime() + 3_600_000));
  expect(await orders.requeueAbandoned(now)).toBe(1);
  expect((await orders.get(id))?.state).toBe("waiting");
});

it("begins nothing once the line is paused, though a studio has not heard of it", async () => {
  await emptyTables(db);
  const orders = prismaOrders(db, null);
  const line = prismaLine(db, null);
  const { id } = await orders.place(newOrder(await artistId()));
  await line.setPaused(true);
  expect(await orders.claim(id, 1_000, at(1))).toBeNull();
  expect((await orders.get(id))?.state).toBe("waiting");
  await line.setPaused(false);
  expect((await orders.claim(id, 1_000, at(2)))?.fence).toBe(1);
});

it("keeps an order's place when its worker leaves", async () => {
  await emptyTables(db);
  const orders = prismaOrders(db, owner);
  const { id } = await orders.place(newOrder(await artistId(), 3));
  await orders.claim(id, 1_000, at(4));
  await orders.release(id, 1, { now: at(5), refusedForMs: null });
  expect(await db.$queryRaw`select run_at from graphile_worker.jobs where key = ${id}`).toEqual([{ run_at: at(3) }]);
});

it("queues an order again whose worker died between taking its job and claiming it", async () => {
  await emptyTables(db);
  const orders = prismaOrders(db, owner);
  const { id } = await orders.place(newOrder(await artistId()));
  const lockedFor = (age: string) =>
    db.$executeRaw`update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now() - ${age}::interval
      where key = ${id}`;
  await lockedFor("1 second");
  expect(await orders.requeueAbandoned(at(1))).toBe(0);
  await lockedFor("1 minute");
  expect(await orders.requeueAbandoned(at(1))).toBe(1);
  expect(await db.$queryRaw`select locked_by from graphile_worker.jobs where key = ${id}`).toEqual([
    { locked_by: null },
  ]);
});

it("queues an order again whose job is gone", async () => {
  await emptyTables(db);
  const orders = prismaOrders(db, owner);
  const { id } = await orders.place(newOrder(await artistId()));
  await db.$executeRaw`select graphile_worker.remove_job(${id}::text)`;
  expect(await orders.requeueAbandoned(at(1))).toBe(1);
  expect(await jobs(id)).toHaveLength(1);
  expect(await orders.requeueAbandoned(at(1))).toBe(0);
});

it("knows when a studio was last seen, and forgets one that left", async () => {
  await emptyTables(db);
  const studios = prismaStudios(db);
  expect(await studios.lastSeen()).toBeNull();
  await studios.beat("a", at(1));
  await studios.beat("b", at(2));
  expect(await studios.lastSeen()).toEqual(at(2));
  await studios.leave("b");
  expect(await studios.lastSeen()).toEqual(at(1));
});
