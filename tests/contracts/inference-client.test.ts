/** What studio and inference say to each other, over a real connection: the client of the one against the server of the other. */

import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ModelCard, PaintOrder } from "#contracts/generation.ts";
import { OrderId } from "#contracts/order.ts";
import { readTheme } from "#contracts/theme.ts";
import { readLexicon, readModelFolder } from "#inference/models/model-folder.ts";
import { StudioModels } from "#inference/models/studio-models.ts";
import { paintOrder } from "#inference/pipelines/paint-order.ts";
import { makeReadMeaning } from "#inference/scoring/meanings.ts";
import { openScorer } from "#inference/scoring/scorer.ts";
import { makeHttpServer } from "#inference/transport/http-server.ts";
import { careForModels } from "#inference/transport/model-care.ts";
import { OrderQueue } from "#inference/transport/order-queue.ts";
import { StrokeBook } from "#inference/transport/stroke-book.ts";
import { inferenceClient } from "#server/infra/inference/inference-client.ts";
import type { ImageGenerator } from "#server/ports.ts";
import { quietMetrics } from "#tests/quiet-metrics.ts";
import { smallOrder } from "#tests/small-order.ts";
import { makeTinyModel } from "#tests/tiny-models/make-tiny-model.ts";

const modelsDir = mkdtempSync(path.join(tmpdir(), "aria-client-"));
let cards: ModelCard[] = [];
const cancelled = new Set<string>();
const models = new StudioModels({ modelsDir, threads: 1, budgetBytes: 1e9, onChange: (now) => (cards = now) });
const painter = {
  cancel: (id: string) => void cancelled.add(id),
  holds: () => true,
  isAlive: () => true,
  async paint(order: PaintOrder) {
    await using lease = await models.lease(order.modelId);
    const isCancelled = () => sleep(1).then(() => cancelled.has(order.orderId));
    return await paintOrder(lease.model, order, { onGlimpse: () => {}, isCancelled });
  },
};
const device = { provider: "cpu", fallbackReason: "no CUDA provider on this machine" } as const;
const scorer = {
  judge: async (modelId: string, theme: string, pictures: readonly Uint8Array[]) =>
    (await openScorer(await readModelFolder(path.join(modelsDir, modelId)), 1)).judge(theme, pictures),
};
const hub = { token: undefined, hubUrl: "http://127.0.0.1:9" };
const care = careForModels([], { env: process.env, modelsDir, threads: 1, ...hub, onError: () => {} });
const server = makeHttpServer({
  processId: "here",
  key: null,
  heirWithinMs: 0,
  queue: new OrderQueue([painter], () => {}),
  engineStates: () => [{ models: cards, device }],
  scorer,
  models: care,
  onWhisper: () => {},
  readLexicon: (id) => readLexicon(path.join(modelsDir, id)),
  strokes: new StrokeBook(),
  readMeaning: makeReadMeaning("models"),
  metrics: quietMetrics(),
  log: pino({ level: "silent" }),
});
let client: ImageGenerator;

beforeAll(async () => {
  makeTinyModel(path.join(modelsDir, "aria"));
  cpSync("models/aria/lexicon.json", path.join(modelsDir, "aria/lexicon.json"));
  await models.discover();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  client = inferenceClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(modelsDir, { recursive: true });
});

const order = (part: Partial<PaintOrder> = {}): PaintOrder => smallOrder({ sampler: "euler", ...part });
const never = new AbortController().signal;

it("brings the pictures over, with scores between 0 and 1", async () => {
  const { candidates, model } = await client.paint(order({ seeds: [1, 2] }), never);
  expect(candidates.map(({ seed }) => seed)).toEqual([1, 2]);
  expect(Buffer.from(candidates[0]!.pngBase64, "base64").subarray(1, 4).toString()).toBe("PNG");
  expect(model.id).toBe("aria");
  expect(await client.health()).toMatchObject({
    ready: true,
    devices: [device],
    models: [{ id: "aria", state: "ready" }],
  });
});

it("brings refusals over whole, with their facts", async () => {
  const tooSmall = client.paint(order({ steps: 0 }), never);
  await expect(tooSmall).rejects.toMatchObject({ code: "INVALID", facts: { field: "steps" } });
  const unknown = client.paint(order({ modelId: "nobody" }), never);
  await expect(unknown).rejects.toMatchObject({ code: "NOT_FOUND", facts: { kind: "model", id: "nobody" } });
});

it("brings a model's lexicon over, and null where there is none", async () => {
  const lexicon = await client.lexicon("aria");
  expect(lexicon && readTheme("a boat on the loch", lexicon)).toMatchObject({ scene: "lake", extras: ["boat"] });
  expect(await client.lexicon("nobody")).toBeNull();
  expect(await client.lexicon("-bad")).toBeNull();
});

it("brings over what words mean to a model's scorer, and null where that is nothing", async () => {
  expect(await client.meaning("aria", "a boat on the loch")).toMatchObject({
    heard: ["a mountain lake with reflections"],
  });
  expect(await client.meaning("aria", "xyzzy")).toBeNull();
  expect(await client.meaning("nobody", "a lake")).toBeNull();
});

it("stops the painting of a caller who hangs up, and of one who cancels", async () => {
  const long = order({ steps: 150, seeds: [1, 2, 3, 4, 5, 6, 7, 8] });
  const caller = new AbortController();
  const painting = client.paint(long, caller.signal);
  setTimeout(() => caller.abort(new Error("gone")), 50);
  await expect(painting).rejects.toThrow("gone");
  await expect.poll(() => cancelled.has(long.orderId)).toBe(true);
  const other = { ...long, orderId: randomUUID() };
  const second = client.paint(other, never);
  setTimeout(() => void client.cancel(OrderId.parse(other.orderId)), 50);
  await expect(second).rejects.toMatchObject({ code: "CANCELLED" });
});

it("says UNAVAILABLE when nobody listens, and is quiet about cancelling there", async () => {
  const nowhere = inferenceClient("http://127.0.0.1:9");
  await expect(nowhere.paint(order(), never)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await expect(nowhere.health()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(await nowhere.cancel(OrderId.parse(randomUUID()))).toBeUndefined();
});
