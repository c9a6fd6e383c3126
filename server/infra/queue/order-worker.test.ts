import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeEach, expect, it, vi } from "vitest";
import type { OrderId } from "#contracts/order.ts";
import { createContainer } from "#server/container.ts";
import { prismaRepos } from "#server/infra/prisma/repos.ts";
import { fakeGenerator, fakePorts } from "#tests/fakes.ts";
import { emptyTables, openTestDatabase, ownerIn, testDatabaseUrl } from "#tests/test-database.ts";
import { startOrderWorker } from "./order-worker.ts";

const db = openTestDatabase();
const owner = await ownerIn(db);
beforeEach(() => emptyTables(db));
afterAll(() => db.$disconnect());

async function studioWith(generator = fakeGenerator()) {
  const ports = fakePorts({ generator, ...prismaRepos(db, owner), now: () => new Date() });
  const aria = createContainer(ports);
  const shutdown = new AbortController();
  const worker = await startOrderWorker({
    connectionString: testDatabaseUrl(),
    concurrency: 1,
    paint: aria.paintOrder,
    chores: [],
    isPaused: false,
    shutdown: shutdown.signal,
    log: () => {},
  });
  const dispose = async () => {
    shutdown.abort();
    await worker.stop();
  };
  return { aria, worker, shutdown, [Symbol.asyncDispose]: dispose };
}

it("paints what is placed, and keeps one artwork of it", async () => {
  await using studio = await studioWith();
  const { id } = await studio.aria.placeOrder({
    prompt: "a lighthouse",
    enhance: true,
    negativePrompt: "",
    count: 3,
    seed: 5,
  });
  await vi.waitFor(async () => expect(await studio.aria.orders.get(id)).toMatchObject({ state: "done" }), 30_000);
  expect(await studio.aria.artworks.recent((await studio.aria.artists.list())[0]!.id, 10)).toMatchObject([
    { prompt: expect.stringMatching(/^a lighthouse, /) },
  ]);
});

it("bug: a studio that could not write down that a job was done took no other until it was started again", async () => {
  const name = (from: string, to: string) =>
    db.$executeRawUnsafe(`alter table graphile_worker.${from} rename to ${to}`);
  const generator = fakeGenerator();
  let isFirst = true;
  const paint: typeof generator.paint = async (...order) => {
    if (isFirst) await name("_private_jobs", "_away");
    isFirst = false;
    return generator.paint(...order);
  };
  await using studio = await studioWith({ ...generator, paint });
  const place = () => studio.aria.placeOrder({ prompt: "a lighthouse", enhance: false, negativePrompt: "", count: 1 });
  const isDone = (id: OrderId) =>
    vi.waitFor(async () => expect(await studio.aria.orders.get(id)).toMatchObject({ state: "done" }), 20_000);
  const { id } = await place();
  await isDone(id);
  await sleep(500);
  await name("_away", "_private_jobs");
  await studio.worker.setPaused(false);
  await isDone((await place()).id);
}, 60_000);

it("leaves an order waiting, and not counted as an attempt, when it is shut down in the middle", async () => {
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const paint = (_order: unknown, signal: AbortSignal) => {
    begin();
    return new Promise<never>((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  };
  const studio = await studioWith(fakeGenerator({ paint }));
  const { id } = await studio.aria.placeOrder({ prompt: "a lighthouse", enhance: true, negativePrompt: "", count: 1 });
  await begun;
  await studio[Symbol.asyncDispose]();
  expect(await studio.aria.orders.get(id)).toMatchObject({ state: "waiting" });
  expect(await studio.aria.orders.claim(id, 1_000, new Date())).toMatchObject({ attempts: 1 });
});

it("bug: a studio that was told to stop while it looked after its line began to take orders again", async () => {
  const studio = await studioWith();
  await studio.worker.stop();
  await studio.worker.setPaused(false);
  const { id } = await studio.aria.placeOrder({ prompt: "a lake", enhance: false, negativePrompt: "", count: 1 });
  await sleep(3_000);
  expect(await studio.aria.orders.get(id)).toMatchObject({ state: "waiting", startedAt: null });
});
