import { once } from "node:events";
import { expect, it, vi } from "vitest";
import { openRedis } from "#server/infra/redis/redis-client.ts";
import { isRedisMissing, startRedis } from "#tests/redis-server.ts";
import { passwordTries, rateLimits } from "./rate-limits.ts";

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

it("lets ten passwords be tried, but for what was right, and others in a quarter of an hour", async () => {
  vi.useFakeTimers();
  try {
    const { signIn, share } = passwordTries();
    for (let i = 0; i < 10; i++) expect(await signIn.take("ada@example.org")).toBeNull();
    await signIn.giveBack("ada@example.org");
    expect(await signIn.take("ada@example.org")).toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await signIn.take("ada@example.org")).toBe(14 * 60_000);
    expect(await signIn.take("bea@example.org")).toBeNull();
    expect(await share.take("ada@example.org")).toBeNull();
    await vi.advanceTimersByTimeAsync(14 * 60_000);
    expect(await signIn.take("ada@example.org")).toBeNull();
  } finally {
    vi.useRealTimers();
  }
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
    const [{ signIn: here, share }, { signIn: there }] = [passwordTries(clients[0]), passwordTries(clients[1])];
    for (let i = 0; i < 10; i++) expect(await (i % 2 ? here : there).take("ada@example.org")).toBeNull();
    await there.giveBack("ada@example.org");
    expect(await here.take("ada@example.org")).toBeNull();
    for (const tries of [here, there]) expect(await tries.take("ada@example.org")).toBeGreaterThan(0);
    expect(await share.take("ada@example.org")).toBeNull();

    await redis.stop();
    expect(await one.count("write", "ada")).toBeNull();
    for (let i = 0; i < 10; i++) expect(await here.take("bea@example.org")).toBeNull();
    expect(await here.take("bea@example.org")).toBeGreaterThan(0);
    await redis.start();
    await expect.poll(() => clients[0].status, { timeout: 10_000 }).toBe("ready");
    expect(await one.count("write", "cid")).toBeNull();
    expect(await clients[0].keys("aria:limit:*")).toHaveLength(1);
    for (const client of clients) client.disconnect();
    await redis.end();
  },
);
