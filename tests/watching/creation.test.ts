/** One scripted creation with feedback: every metric that Aria promises moves, each in the program that knows of it. */
import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { ArtworkId } from "#contracts/artwork.ts";
import type { ClientToServer, ServerToClient } from "#contracts/generation-events.ts";
import { METRIC_NAMES } from "#contracts/metric-names.ts";
import type { Order } from "#contracts/order.ts";
import { emptyTables, openTestDatabase } from "#tests/test-database.ts";
import { startPrograms } from "./programs.ts";

const WITHIN = { timeout: 150_000, interval: 50 };
const db = openTestDatabase();
let programs: Awaited<ReturnType<typeof startPrograms>>;

beforeAll(async () => {
  await emptyTables(db);
  programs = await startPrograms();
});
afterAll(async () => {
  await programs.stop();
  await db.$disconnect();
});

/** All series of all programs: the sum of each name's samples, a histogram by its count. */
async function figures(): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for (const scrape of Object.values(programs.scrape))
    for (const line of (await scrape()).split("\n")) {
      const [, series, value] = /^([a-z_]+)(?:\{[^}]*\})? (\S+)$/.exec(line) ?? [];
      if (!series || series.endsWith("_bucket") || series.endsWith("_sum")) continue;
      const name = series.replace(/_count$/, "");
      sums.set(name, (sums.get(name) ?? 0) + Number(value));
    }
  return sums;
}

const GPU: readonly string[] = [METRIC_NAMES.gpuAllocated, METRIC_NAMES.gpuReserved];
const hasGpu = spawnSync("nvidia-smi").error === undefined;

it("moves every metric that is promised", { timeout: 400_000 }, async () => {
  const { click, ticketFor, env } = programs;
  const before = await vi.waitFor(figures, WITHIN);
  const moved = new Set<string>();
  const look = async () => {
    for (const [name, value] of await figures()) if (before.get(name) !== value) moved.add(name);
    return moved;
  };
  const until = (name: string) => vi.waitFor(async () => expect(await look()).toContain(name), WITHIN);
  await until(METRIC_NAMES.poolPreloaded);

  await click("order.setPaused", true);
  const sketch = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#468" } })
    .png()
    .toBuffer();
  const { sha256 } = await programs.aria.keepSketch(sketch);
  const small = { widthPx: 128, heightPx: 128, steps: 4, count: 2 };
  const doomed = await click<Order>("order.place", { prompt: "a lake", sketch: sha256, ...small });
  await rm(path.join(env.ARIA_DATA_DIR, "blobs", sha256.slice(0, 2), `${sha256}.png`));
  const order = await click<Order>("order.place", { prompt: "a lighthouse in a storm, oil painting", ...small });
  await look();
  await click("order.setPaused", false);
  const socket: Socket<ServerToClient, ClientToServer> = io(env.INFERENCE_URL, { transports: ["websocket"] });
  await socket.emitWithAck("order:watch", ticketFor(order.id));
  await until(METRIC_NAMES.active);
  const artworkId = await vi.waitFor(async () => {
    const { state, artworkId } = (await programs.aria.orders.get(order.id))!;
    expect(state).toBe("done");
    return artworkId as ArtworkId;
  }, WITHIN);
  await vi.waitFor(
    async () => expect(await programs.aria.orders.get(doomed.id)).toMatchObject({ state: "failed" }),
    WITHIN,
  );
  await click("mind.react", { artworkId, action: "love" });
  await programs.aria.gallery.facets();
  await look();
  socket.close();

  const promised: string[] = Object.values(METRIC_NAMES).filter((name) => !GPU.includes(name));
  expect(promised.filter((name) => !moved.has(name))).toEqual([]);
  // Without a GPU nothing is said of one: 0 bytes would be a claim.
  for (const name of GPU) expect((await figures()).has(name)).toBe(hasGpu);
  const studio = await programs.scrape.studio();
  expect(studio).toMatch(/aria_generation_requests_total\{model="aria",mood="[a-z]+",status="done"\} 1/);
  expect(studio).toMatch(/aria_generation_errors_total\{model="aria",error_type="unavailable"\} 1/);
  expect(studio).toMatch(/aria_images_generated_total\{model="aria"\} 2/);
});

it("counts no more series for more artworks, models or addresses", async () => {
  const { aria } = programs;
  const series = async () => (await aria.readMetrics()).text.split("\n").length;
  for (const id of ["a", "b"]) await programs.click("order.byId", id).catch(() => null);
  const before = await series();
  for (let i = 0; i < 30; i++) await programs.click(`order.nobody${i}`, i).catch(() => null);
  expect(await series()).toBeLessThanOrEqual(before + 15);
});
