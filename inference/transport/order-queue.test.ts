import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import type { PaintOrder } from "#contracts/generation.ts";
import type { OrderProgress } from "#contracts/generation-events.ts";
import type { PaintedOrder } from "#inference/pipelines/paint-order.ts";
import { EngineClient } from "#inference/runtime/engine-client.ts";
import { smallOrder } from "#tests/small-order.ts";
import { makeTinyModel } from "#tests/tiny-models/make-tiny-model.ts";
import { OrderQueue } from "./order-queue.ts";

/** A device that paints when it is told to. */
function easel(...open: string[]) {
  const painting = new Map<string, (painted: PaintedOrder) => void>();
  const cancelled: string[] = [];
  return {
    painting,
    cancelled,
    paint: ({ orderId }: PaintOrder) => new Promise<PaintedOrder>((done) => painting.set(orderId, done)),
    cancel: (id: string) => void cancelled.push(id),
    holds: (modelId: string) => open.includes(modelId),
    isAlive: () => !open.includes("dead"),
    finish(orderId: string) {
      const painted = { model: { id: "a", hash: "", int8: false }, candidates: [] };
      painting.get(orderId)!({ ...painted, timingsMs: { text: 0, denoise: 0, decode: 0, total: 0 } });
      painting.delete(orderId);
    },
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

it("paints on as many devices as there are, and those who wait on the first that is free", async () => {
  const [one, two] = [easel("a"), easel("a")];
  const queue = new OrderQueue([one, two], () => {});
  const orders = [1, 2, 3].map(() => smallOrder({ modelId: "a" }));
  const paintings = orders.map((order) => queue.paint(order));
  await settled();
  expect([one.painting.size, two.painting.size]).toEqual([1, 1]);
  two.finish(orders[1]!.orderId);
  await settled();
  expect([...two.painting.keys()]).toEqual([orders[2]!.orderId]);
  expect([queue.cancel(orders[0]!.orderId), queue.cancel(orders[1]!.orderId)]).toEqual([true, false]);
  expect([one.cancelled, two.cancelled]).toEqual([[orders[0]!.orderId], []]);
  one.finish(orders[0]!.orderId);
  two.finish(orders[2]!.orderId);
  await Promise.all(paintings);
});

it("prefers a device that has the model open, and takes another rather than wait", async () => {
  const [one, two] = [easel("a"), easel("b")];
  const queue = new OrderQueue([one, two], () => {});
  const [first, second] = [smallOrder({ modelId: "b" }), smallOrder({ modelId: "b" })];
  const paintings = [queue.paint(first), queue.paint(second)];
  await settled();
  expect([...two.painting.keys()]).toEqual([first.orderId]);
  expect([...one.painting.keys()]).toEqual([second.orderId]);
  two.finish(first.orderId);
  one.finish(second.orderId);
  await Promise.all(paintings);
});

it("gives nothing to a device that is being started again while another is free", async () => {
  const [dead, alive] = [easel("a", "dead"), easel()];
  const queue = new OrderQueue([dead, alive], () => {});
  const order = smallOrder({ modelId: "a" });
  const painting = queue.paint(order);
  await settled();
  alive.finish(order.orderId);
  await painting;
  expect(dead.painting.size).toBe(0);
});

const dir = mkdtempSync(path.join(tmpdir(), "aria-queue-"));
const engines: EngineClient[] = [];
afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.close()));
  rmSync(dir, { recursive: true });
});

it("two engines paint two orders at the same time, each to the pixels it has alone", async () => {
  makeTinyModel(path.join(dir, "aria"));
  const told: OrderProgress[] = [];
  const settings = { modelsDir: dir, threads: 1, budgetBytes: 1e9, providers: [], int8: false, preload: "aria" };
  for (const deviceId of [0, 1])
    engines.push(
      new EngineClient(
        { env: process.env, ...settings, dataDir: path.join(dir, ".data"), deviceId, checkpointEveryMs: 1_000 },
        { onProgress: (progress) => told.push(progress), onStroke: () => {}, onDeath: () => {} },
      ),
    );
  await vi.waitFor(() => expect(engines.every((engine) => engine.holds("aria"))).toBe(true), { timeout: 20_000 });
  const queue = new OrderQueue(engines, () => {});
  const orders = [1, 2].map((seed) => smallOrder({ steps: 100, seeds: [seed, seed + 10] }));
  const together = await Promise.all(orders.map((order) => queue.paint(order)));
  const began = orders.map(({ orderId }) => told.findIndex((progress) => progress.orderId === orderId));
  const ended = orders.map(({ orderId }) => told.findLastIndex((progress) => progress.orderId === orderId));
  expect(Math.max(...began)).toBeLessThan(Math.min(...ended));
  const alone = await queue.paint({ ...orders[1]!, orderId: smallOrder({}).orderId });
  expect(alone.candidates).toEqual(together[1]!.candidates);
});
