import { once } from "node:events";
import { expect, it } from "vitest";
import { openRedis } from "#server/infra/redis/redis-client.ts";
import { isRedisMissing, startRedis } from "#tests/redis-server.ts";
import { rateLimits, sharedTries } from "./rate-limits.ts";

it("counts each apart, and says when one may ask again", async () => {
  const limits = rateLimits();
  for (let i = 0; i < 300; i++) expect(await limits.count("write", "ada")).toBeNull();
  const wait = await limits.count("write", "ada");
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60_000);
  expect(await limits.count("write", "bea")).toBeNull();
  expect(await limits.count("read", "ada")).toBeNull();
});

it("counts each of what is asked for at once", async () => {
  const limits = rateLimits();
  for (let i = 0; i < 9; i++) expect(await limits.count("write", "ada", 32)).toBeNull();
  expect(await limits.count("write", "ada", 32)).toBeGreaterThan(0);
});

it.skipIf(isRedisMissing)(
  "counts over all processes by Redis, in this one while it is away, and by Redis again once it is back",
  async () => {
    const redis = await startRedis();
    const clients = [openRedis(redis.url, () => {}), openRedis(redis.url, () => {})] as const;
    for (const client of clients) if (client.status !== "ready") await once(client, "ready");
    const [one, two] = [rateLimits(clients[0]), rateLimits(clients[1])];
    for (let i = 0; i < 300; i++) expect(await (i % 2 ? one : two).count("write", "ada")).toBeNull();
    for (const limits of [one, two]) expect(await limits.count("write", "ada")).toBeGreaterThan(0);
    const may = { points: 2, withinMs: 60_000 };
    const [here, there] = [sharedTries(clients[0], "sign-in", may), sharedTries(clients[1], "sign-in", may)];
    expect(await here.take("ada@example.org")).toBeNull();
    await there.giveBack("ada@example.org");
    for (const tries of [here, there]) expect(await tries.take("ada@example.org")).toBeNull();
    expect(await here.take("ada@example.org")).toBeGreaterThan(0);
    expect(await sharedTries(clients[0], "share", may).take("ada@example.org")).toBeNull();

    await redis.stop();
    expect(await one.count("write", "ada")).toBeNull();
    for (const _ of [1, 2]) expect(await here.take("bea@example.org")).toBeNull();
    expect(await here.take("bea@example.org")).toBeGreaterThan(0);
    await redis.start();
    await expect.poll(() => clients[0].status, { timeout: 10_000 }).toBe("ready");
    expect(await one.count("write", "cid")).toBeNull();
    expect(await clients[0].keys("aria:limit:*")).toHaveLength(1);
    for (const client of clients) client.disconnect();
    await redis.end();
  },
);
