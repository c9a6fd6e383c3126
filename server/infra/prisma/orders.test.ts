import { afterAll, expect, it } from "vitest";
import { at, newOrder, repoContract } from "#tests/contracts/order-repo-contract.ts";
import { emptyTables, openTestDatabase } from "#tests/test-database.ts";
import { prismaArtworks } from "./artworks.ts";
import { prismaOrders } from "./orders.ts";
import { prismaStudios } from "./studios.ts";

const db = openTestDatabase();
afterAll(() => db.$disconnect());

repoContract("Prisma", async () => {
  await emptyTables(db);
  return { orders: prismaOrders(db), artworks: prismaArtworks(db) };
});

const jobs = (id: string) => db.$queryRaw<{ key: string }[]>`select key from graphile_worker.jobs where key = ${id}`;

it("writes an order and its job together, once", async () => {
  await emptyTables(db);
  const order = newOrder();
  await Promise.all([prismaOrders(db).place(order), prismaOrders(db).place(order)]);
  expect(await jobs(order.id)).toEqual([{ key: order.id }]);
});

it("queues an order again whose job is gone", async () => {
  await emptyTables(db);
  const orders = prismaOrders(db);
  const { id } = await orders.place(newOrder());
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
  expect(await studios.blobIsKnown("f".repeat(64))).toBe(false);
});
