/** Two inference processes and a Redis between them: what one shows is seen by those who watch by the other. */
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ClientToServer, OrderProgress, ServerToClient, Stroke } from "#contracts/generation-events.ts";
import { quietMetrics } from "#tests/quiet-metrics.ts";
import { isRedisMissing, mustHaveRedis, type RedisServer, startRedis } from "#tests/redis-server.ts";
import { GenerationGateway } from "./generation-gateway.ts";
import { lastShownIn } from "./last-shown.ts";
import { onBack, openRedis, shareRooms } from "./share-rooms.ts";
import { readTicket } from "./tickets.ts";

const SECRET = "s".repeat(32);
const WITHIN = { timeout: 10_000 };
let redis: RedisServer;
let one: Awaited<ReturnType<typeof startGateway>>;
let two: Awaited<ReturnType<typeof startGateway>>;

async function startGateway(url: string) {
  const http = createServer();
  const sockets = new Server<ClientToServer, ServerToClient>(http, { serveClient: false });
  const client = openRedis(url, () => {});
  shareRooms(sockets, client, () => {});
  const read = (ticket: string) => readTicket(SECRET, ticket, Date.now());
  const gateway = new GenerationGateway(sockets, read, quietMetrics(), lastShownIn(client));
  onBack(client, () => gateway.tellAgain());
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  const { port } = http.address() as AddressInfo;
  return { gateway, client, base: `http://127.0.0.1:${port}`, close: () => sockets.close() };
}

async function watch(base: string, orderId: string) {
  const body = `${orderId}.${Date.now() + 60_000}`;
  const ticket = `${body}.${createHmac("sha256", SECRET).update(body).digest("base64url")}`;
  const socket: Socket<ServerToClient, ClientToServer> = io(base, { transports: ["websocket"], forceNew: true });
  const seen: (number | string)[] = [];
  socket.on("order:progress", ({ state, step }) => void seen.push(`${state} ${step}`));
  socket.on("order:stroke", ({ image }) => void seen.push(Buffer.from(image).toString("hex")));
  expect(await socket.timeout(5_000).emitWithAck("order:watch", ticket)).toBe("watching");
  return { seen, leave: () => socket.close() };
}

const stroke = (orderId: string): Stroke => ({
  orderId,
  candidate: 0,
  step: 3,
  of: 8,
  mediaType: "image/jpeg",
  image: new Uint8Array([0, 1, 254, 255]).buffer,
});
const progress = (orderId: string, step: number, state: OrderProgress["state"] = "painting"): OrderProgress => ({
  orderId,
  state,
  candidate: 0,
  candidates: 1,
  step,
  of: 8,
  remainingMs: null,
});

it("redis-server is there where nothing may be skipped", () => {
  expect(isRedisMissing && mustHaveRedis).toBe(false);
});

beforeAll(async () => {
  if (isRedisMissing) return;
  redis = await startRedis();
  [one, two] = [await startGateway(redis.url), await startGateway(redis.url)];
  for (const { client } of [one, two]) if (client.status !== "ready") await once(client, "ready");
});
afterAll(async () => {
  if (isRedisMissing) return;
  for (const gateway of [one, two]) {
    gateway.client.disconnect();
    await gateway.close();
  }
  await redis.end();
});

it.skipIf(isRedisMissing)("shows what the other paints, from the last that was shown on", async () => {
  const orderId = randomUUID();
  one.gateway.stroke(stroke(orderId));
  one.gateway.progress(progress(orderId, 3));
  // A viewer who comes at once may find neither kept yet: what is told is seen all the same.
  await expect.poll(() => two.client.exists(`aria:shown:${orderId}`), WITHIN).toBe(1);
  await expect.poll(() => two.client.hlen(`aria:shown:${orderId}`), WITHIN).toBe(3);
  const viewer = await watch(two.base, orderId);
  await expect.poll(() => viewer.seen, WITHIN).toEqual(["0001feff", "painting 3"]);
  one.gateway.progress(progress(orderId, 4));
  await expect.poll(() => viewer.seen.at(-1), WITHIN).toBe("painting 4");
  one.gateway.progress(progress(orderId, 8, "painted"));
  await expect.poll(() => viewer.seen.at(-1), WITHIN).toBe("painted 8");
  expect(await two.client.pttl(`aria:shown:${orderId}`)).toBeLessThanOrEqual(60_000);
  viewer.leave();
});

it.skipIf(isRedisMissing)(
  "goes on for its own viewers while Redis is away, and tells the others once it is back",
  async () => {
    const orderId = randomUUID();
    const [near, far] = [await watch(one.base, orderId), await watch(two.base, orderId)];
    one.gateway.progress(progress(orderId, 1));
    await expect.poll(() => [near.seen, far.seen], WITHIN).toEqual([["painting 1"], ["painting 1"]]);
    await redis.stop();
    await expect.poll(() => one.client.status, WITHIN).not.toBe("ready");
    one.gateway.progress(progress(orderId, 2));
    await expect.poll(() => near.seen.at(-1), WITHIN).toBe("painting 2");
    const late = await watch(one.base, orderId);
    await expect.poll(() => late.seen, WITHIN).toEqual(["painting 2"]);
    expect(far.seen).toEqual(["painting 1"]);
    await redis.start();
    await expect.poll(() => far.seen.at(-1), WITHIN).toBe("painting 2");
    for (const viewer of [near, far, late]) viewer.leave();
  },
);
