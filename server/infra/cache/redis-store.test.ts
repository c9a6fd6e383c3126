import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { ask, cacheContract, entry, processOver, slowLoad } from "#tests/contracts/cache-contract.ts";
import { isRedisMissing, type RedisServer, startRedis } from "#tests/redis-server.ts";
import { redisStore } from "./redis-store.ts";

let server: RedisServer;
beforeAll(async () => {
  if (!isRedisMissing) server = await startRedis();
});
afterAll(() => (isRedisMissing ? undefined : server.stop()));

it("redis-server is there where nothing may be skipped", () => {
  expect(isRedisMissing && process.env.CI === "true").toBe(false);
});

function open(ttlMs = 60_000) {
  const store = redisStore(server.url, { ttlMs });
  onTestFinished(() => store.close());
  return store;
}
const value = { count: 1, at: new Date(0) };

if (!isRedisMissing) cacheContract("Redis", async (ttlMs) => open(ttlMs));

it.skipIf(isRedisMissing)("a hundred who ask at once of two processes are one load, and both count", async () => {
  const [one, other] = [processOver(open()), processOver(open())];
  const [at, load] = [entry(), slowLoad(value, 150)];
  const everybody = [one, other].flatMap(({ cache }) => Array.from({ length: 50 }, () => ask(cache, at, load)));
  expect(await Promise.all(everybody)).toEqual(Array(100).fill(value));
  expect(load.times).toBe(1);
  expect([...one.counted, ...other.counted].filter((result) => result === "miss")).toHaveLength(1);
});

it.skipIf(isRedisMissing)("what one process wrote over, no other gives any more", async () => {
  const [one, other] = [processOver(open()), processOver(open())];
  const at = entry();
  await ask(one.cache, at, slowLoad(value));
  const load = slowLoad(value);
  expect(await ask(other.cache, at, load)).toEqual(value);
  expect(load.times).toBe(0);
  const next = { ...value, count: 2 };
  await ask(other.cache, { ...at, version: "2" }, slowLoad(next));
  expect(await ask(one.cache, { ...at, version: "2" }, load)).toEqual(next);
});

it.skipIf(isRedisMissing)("whoever died over a load is stood in for", async () => {
  const { cache } = processOver(open());
  const at = entry();
  const dying = open();
  void processOver(dying).cache.through(at, { parse: () => value }, () => new Promise(() => {}));
  await sleep(50);
  const redis = new Redis(server.url);
  const [name] = await redis.keys("*:claim");
  // The rest of its time, made short.
  await redis.pexpire(name!, 100);
  redis.disconnect();
  expect(await ask(cache, at, slowLoad(value))).toEqual(value);
});

it.skipIf(isRedisMissing)(
  "is passed by while it is away, says so once, and is back without a restart",
  { timeout: 30_000 },
  async () => {
    const { cache, counted, told } = processOver(open());
    const [at, load] = [entry(), slowLoad(value, 1)];
    await ask(cache, at, load);
    await server.stop();
    const before = performance.now();
    for (let i = 0; i < 20; i++) expect(await ask(cache, at, load)).toEqual(value);
    expect(performance.now() - before).toBeLessThan(3_000);
    expect(load.times).toBe(21);
    expect(counted.slice(1)).toEqual(Array(20).fill("error"));
    expect(told).toEqual(["the cache does not answer: everything is read from the database"]);
    await server.start();
    await vi.waitFor(
      async () => {
        await ask(cache, at, load);
        expect(counted.at(-1)).toBe("hit");
      },
      { timeout: 15_000, interval: 100 },
    );
    expect(told.at(-1)).toBe("the cache answers again");
  },
);

it("is passed by where nobody ever answered", async () => {
  const store = redisStore("redis://127.0.0.1:1", { ttlMs: 1_000 });
  onTestFinished(() => store.close());
  const { cache, counted } = processOver(store);
  expect(await ask(cache, entry(), slowLoad(value))).toEqual(value);
  expect(counted).toEqual(["error"]);
});
