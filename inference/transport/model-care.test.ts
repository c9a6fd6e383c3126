import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { ModelCard } from "#contracts/generation.ts";
import type { ModelTask } from "#contracts/models.ts";
import { EngineClient } from "#inference/runtime/engine-client.ts";
import { quietMetrics } from "#tests/quiet-metrics.ts";
import { smallOrder } from "#tests/small-order.ts";
import { makeTinyModel } from "#tests/tiny-models/make-tiny-model.ts";
import { makeHttpServer } from "./http-server.ts";
import { careForModels } from "./model-care.ts";
import { OrderQueue } from "./order-queue.ts";
import { StrokeBook } from "./stroke-book.ts";

const dir = mkdtempSync(path.join(tmpdir(), "aria-care-"));
const modelsDir = path.join(dir, "models");
let engine: EngineClient;
let models: ReturnType<typeof careForModels>;
let http: Server;
let base: string;

beforeAll(async () => {
  makeTinyModel(path.join(modelsDir, "aria"));
  makeTinyModel(path.join(dir, "other"));
  const kept = { modelsDir, dataDir: path.join(dir, "data"), preload: "aria", budgetBytes: 1e9, checkpointEveryMs: 0 };
  engine = new EngineClient(
    { env: process.env, ...kept, threads: 1, providers: [], deviceId: 0, int8: false },
    { onProgress: () => {}, onStroke: () => {}, onDeath: () => {} },
  );
  const hub = { token: undefined, hubUrl: "http://127.0.0.1:9" };
  models = careForModels([engine], { env: process.env, modelsDir, threads: 1, ...hub, onError: () => {} });
  const scorer = { judge: async () => [] };
  const queue = new OrderQueue([engine], () => {});
  const log = pino({ level: "silent" });
  http = makeHttpServer({
    processId: "here",
    key: null,
    heirWithinMs: 0,
    queue,
    engineStates: () => [engine.state],
    scorer,
    models,
    onWhisper: () => {},
    readLexicon: async () => null,
    strokes: new StrokeBook(),
    readMeaning: async () => null,
    metrics: quietMetrics(),
    log,
  });
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  await vi.waitFor(() => expect(card("aria")?.state).toBe("ready"), { timeout: 20_000 });
});
afterAll(async () => {
  models.close();
  await engine.close();
  http.closeAllConnections();
  http.close();
  rmSync(dir, { recursive: true });
});

const card = (id: string): ModelCard | undefined => engine.state.models.find((model) => model.id === id);

async function call(method: string, route: string, json?: object) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${base}/models/${route}`, {
    method,
    ...(method === "POST" && { headers, body: JSON.stringify(json ?? {}) }),
  });
  return { status: response.status, reply: await response.json() };
}

/** What became of it. */
async function task(input: object): Promise<ModelTask> {
  const { reply } = await call("POST", "tasks", input);
  const find = async () => {
    const { tasks } = (await call("GET", "tasks")).reply as { tasks: ModelTask[] };
    const found = tasks.find(({ id }) => id === reply.task.id);
    expect(found?.state).not.toBe("running");
    return found!;
  };
  return vi.waitFor(find, { timeout: 30_000 });
}

it("plans, brings in, verifies and removes a model while the engine goes on", async () => {
  const from = path.join(dir, "other");
  const { reply } = await call("POST", "plan", { from });
  expect(reply.plan).toMatchObject({ id: "other", source: from, files: expect.any(Array) });
  expect(await task({ kind: "install", from })).toMatchObject({ state: "done", unit: "bytes", subject: from });
  await vi.waitFor(() => expect(card("other")).toMatchObject({ state: "cold", source: from, pinned: false }));
  expect(await task({ kind: "verify", modelId: "other" })).toMatchObject({ outcome: "Every file is as it came." });
  const again = await task({ kind: "install", from });
  expect(again).toMatchObject({ state: "failed", outcome: expect.stringContaining("a model called other already") });
  expect((await call("POST", "other/load")).status).toBe(200);
  expect(card("other")?.state).toBe("ready");
  expect((await call("DELETE", "other")).status).toBe(200);
  expect(card("other")).toBeUndefined();
});

it("lets a model go and brings it back, but not one that is being painted with", async () => {
  const order = smallOrder({ steps: 150, seeds: [1, 2, 3, 4] });
  const painting = engine.paint(order);
  await call("POST", "aria/load");
  expect(await call("POST", "aria/unload")).toMatchObject({ status: 409, reply: { error: { code: "CONFLICT" } } });
  engine.cancel(order.orderId);
  await expect(painting).rejects.toMatchObject({ code: "CANCELLED" });
  await call("POST", "aria/unload");
  expect(card("aria")?.state).toBe("cold");
  await call("POST", "aria/load");
  expect(card("aria")?.state).toBe("ready");
});

it("remembers what is pinned when the engine is killed, and has it open again", async () => {
  makeTinyModel(path.join(modelsDir, "third"));
  await engine.discover();
  await call("POST", "third/pin");
  expect(card("third")).toMatchObject({ pinned: true, state: "ready" });
  const before = engine.pid!;
  process.kill(before, "SIGKILL");
  await vi.waitFor(() => expect(engine.pid).not.toBe(before));
  await vi.waitFor(() => expect(card("third")).toMatchObject({ pinned: true, state: "ready" }), { timeout: 20_000 });
  await call("POST", "third/unpin");
  expect(card("third")?.pinned).toBe(false);
});

it("says of a model whose files are others than it came with that they are, as a failure", async () => {
  const from = path.join(dir, "other");
  await task({ kind: "install", from });
  appendFileSync(path.join(modelsDir, "other/tokenizer/tokenizer_config.json"), " ");
  expect(await task({ kind: "verify", modelId: "other" })).toMatchObject({
    state: "failed",
    outcome: "Not as it came: tokenizer/tokenizer_config.json (changed).",
  });
  await call("DELETE", "other");
});

it("paints with a model's files as they are now, though others were open under its name", async () => {
  makeTinyModel(path.join(modelsDir, "shifting"));
  await engine.discover();
  await call("POST", "shifting/pin");
  const before = card("shifting")?.hash;
  rmSync(path.join(modelsDir, "shifting"), { recursive: true });
  await engine.discover();
  expect(card("shifting")).toBeUndefined();
  makeTinyModel(path.join(modelsDir, "shifting"), "blank");
  await engine.discover();
  expect(card("shifting")).toMatchObject({ state: "cold", pinned: false });
  await call("POST", "shifting/load");
  expect(card("shifting")?.hash).not.toBe(before);
});

it("refuses what is not there, what stays, and what a page of another origin could send", async () => {
  expect((await call("POST", "nobody/load")).status).toBe(404);
  expect((await call("POST", "aria/destroy")).status).toBe(404);
  expect(await call("DELETE", "aria")).toMatchObject({ status: 409, reply: { error: { code: "CONFLICT" } } });
  expect(await call("POST", "plan", { from: "" })).toMatchObject({ reply: { error: { facts: { field: "from" } } } });
  const plain = await fetch(`${base}/models/aria/unload`, { method: "POST", body: "{}" });
  expect([plain.status, card("aria")?.state]).toEqual([400, "ready"]);
  expect((await call("GET", "catalogue")).reply.catalogue.length).toBeGreaterThan(3);
  expect((await call("DELETE", "tasks/none")).reply).toEqual({ cancelled: false });
});

it("stops a task that is cancelled, and says so", async () => {
  const { reply } = await call("POST", "tasks", { kind: "optimize", modelId: "aria" });
  expect((await call("POST", "tasks", { kind: "verify", modelId: "aria" })).status).toBe(409);
  expect((await call("DELETE", `tasks/${reply.task.id}`)).reply).toEqual({ cancelled: true });
  expect((await call("GET", "tasks")).reply.tasks[0]).toMatchObject({ state: "cancelled", outcome: "It was stopped." });
});
