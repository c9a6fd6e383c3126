/** The whole inference server but its entry point: real HTTP, real sockets, a real engine child on tiny models. */

import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { Server } from "socket.io";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { ClientToServer, OrderProgress, ServerToClient, Stroke } from "#contracts/generation-events.ts";
import { readLexicon } from "#inference/models/model-folder.ts";
import { EngineClient } from "#inference/runtime/engine-client.ts";
import { ScorerClient } from "#inference/runtime/scorer-client.ts";
import { quietMetrics } from "#tests/quiet-metrics.ts";
import { smallOrder } from "#tests/small-order.ts";
import { makeTinyModel } from "#tests/tiny-models/make-tiny-model.ts";
import { GenerationGateway } from "./generation-gateway.ts";
import { makeHttpServer } from "./http-server.ts";
import { careForModels } from "./model-care.ts";
import { OrderQueue } from "./order-queue.ts";
import { StrokeBook } from "./stroke-book.ts";
import { readTicket } from "./tickets.ts";

const SECRET = "s".repeat(32);
const modelsDir = mkdtempSync(path.join(tmpdir(), "aria-models-"));
const dataDir = mkdtempSync(path.join(tmpdir(), "aria-data-"));
let engine: EngineClient;
let scorer: ScorerClient;
let models: ReturnType<typeof careForModels>;
let http: HttpServer;
let base: string;
const deaths: string[] = [];

beforeAll(async () => {
  makeTinyModel(path.join(modelsDir, "aria"));
  makeTinyModel(path.join(modelsDir, "cut-short"), "truncated");
  engine = new EngineClient(
    {
      env: process.env,
      modelsDir,
      threads: 1,
      budgetBytes: 1e9,
      providers: ["webgpu", "cuda"],
      deviceId: 0,
      int8: true,
      preload: "aria",
      dataDir,
      checkpointEveryMs: 0,
    },
    {
      onProgress: (progress) => gateway.progress(progress),
      onStroke: (stroke) => gateway.stroke(stroke),
      onDeath: (signal) => deaths.push(signal),
    },
  );
  scorer = new ScorerClient({ env: process.env, modelsDir, threads: 1 }, (cause) => deaths.push(cause));
  const hub = { token: undefined, hubUrl: "http://127.0.0.1:9" };
  const onError = (error: unknown) => deaths.push(String(error));
  models = careForModels([engine], { env: process.env, modelsDir, threads: 1, ...hub, onError });
  const queue = new OrderQueue([engine], (progress) => gateway.progress(progress));
  http = makeHttpServer({
    processId: "here",
    key: null,
    heirWithinMs: 0,
    queue,
    engineStates: () => [engine.state],
    scorer,
    models,
    onWhisper: () => {},
    readLexicon: (id) => readLexicon(path.join(modelsDir, id)),
    strokes: new StrokeBook(),
    readMeaning: async () => null,
    metrics: quietMetrics(),
    log: pino({ level: "silent" }),
  });
  const sockets = new Server<ClientToServer, ServerToClient>(http, { serveClient: false });
  const gateway = new GenerationGateway(sockets, (ticket) => readTicket(SECRET, ticket, Date.now()), quietMetrics());
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
  base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  await untilReady();
});
afterAll(async () => {
  await Promise.all([engine.close(), scorer.close()]);
  http.closeAllConnections();
  http.close();
  models.close();
  for (const dir of [modelsDir, dataDir]) rmSync(dir, { recursive: true });
});

const untilReady = () =>
  vi.waitFor(async () => expect((await fetch(`${base}/health/ready`)).status).toBe(200), { timeout: 20_000 });

const order = (part: object = {}) => smallOrder({ underpainting: 0.75, ...part });

async function paint(body: unknown): Promise<{ status: number; reply: Record<string, unknown> }> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`${base}/paint`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: text,
  });
  return { status: response.status, reply: await response.json() };
}

function ticketFor(orderId: string): string {
  const body = `${orderId}.${Date.now() + 60_000}`;
  return `${body}.${createHmac("sha256", SECRET).update(body).digest("base64url")}`;
}

async function watch(ticket: string) {
  const socket: Socket<ServerToClient, ClientToServer> = io(base, { transports: ["websocket"] });
  const seen = { progress: [] as OrderProgress[], strokes: [] as Stroke[] };
  socket.on("order:progress", (progress) => void seen.progress.push(progress));
  socket.on("order:stroke", (stroke) => void seen.strokes.push(stroke));
  const reply = await socket.timeout(5_000).emitWithAck("order:watch", ticket);
  return { reply, seen, leave: () => socket.close() };
}

it("paints an order in its engine child, and the same again after a restart of it", async () => {
  const first = await paint(order());
  expect(first.status).toBe(200);
  process.kill(engine.pid!, "SIGKILL");
  await vi.waitFor(() => expect(deaths).toContain("SIGKILL"));
  await untilReady();
  const again = await paint(order());
  expect(again.reply.candidates).toEqual(first.reply.candidates);
  expect(again.reply.model).toMatchObject({ id: "aria", hash: expect.stringMatching(/^[0-9a-f]{12}$/) });
});

it("scores an order's pictures though its scorer was killed in between", async () => {
  const first = await paint(order());
  const before = deaths.length;
  process.kill(scorer.pid!, "SIGKILL");
  const again = await paint(order());
  expect(deaths.length).toBe(before + 1);
  expect(again.reply.candidates).toEqual(first.reply.candidates);
});

it("goes on with an order whose engine was killed under it, to the same pixels", async () => {
  const { orderId, ...rest } = order({ steps: 150, seeds: [1, 2, 3, 4], widthPx: 512, heightPx: 512 });
  const unbroken = await paint({ ...rest, orderId: randomUUID() });
  const viewer = await watch(ticketFor(orderId));
  const painting = paint({ orderId, ...rest });
  await vi.waitFor(() => expect(viewer.seen.progress.some(({ step }) => step > 2)).toBe(true), { timeout: 10_000 });
  const before = deaths.length;
  process.kill(engine.pid!, "SIGKILL");
  const { status, reply } = await painting;
  expect(deaths.length).toBe(before + 1);
  expect(status).toBe(200);
  expect(reply.candidates).toEqual(unbroken.reply.candidates);
  const turns = viewer.seen.progress.map(({ candidate, step }) => candidate * 1_000 + step);
  // It did not begin again.
  expect(turns.filter((turn) => turn === 1)).toHaveLength(1);
  viewer.leave();
});

it("shows strokes and progress to whoever holds the order's ticket, and replays the last to a late one", async () => {
  const asked = order({ seeds: [1, 2] });
  const viewer = await watch(ticketFor(asked.orderId));
  expect(viewer.reply).toBe("watching");
  await paint(asked);
  await vi.waitFor(() => expect(viewer.seen.progress.at(-1)?.state).toBe("painted"));
  expect(viewer.seen.strokes.length).toBeGreaterThanOrEqual(1);
  // Strokes are volatile: some may be lost on a busy machine, none comes out of turn.
  const turns = viewer.seen.strokes.map(({ candidate, step }) => candidate * 1_000 + step);
  expect(turns).toEqual(turns.toSorted((a, b) => a - b));
  expect(viewer.seen.strokes.every(({ orderId }) => orderId === asked.orderId)).toBe(true);
  const late = await watch(ticketFor(asked.orderId));
  await vi.waitFor(() => expect(late.seen.progress).toHaveLength(1));
  expect(late.seen.strokes).toHaveLength(1);
  viewer.leave();
  late.leave();
});

it("says of each provider before the CPU why it is not used", async () => {
  const {
    devices: [device],
  } = await (await fetch(`${base}/health/ready`)).json();
  expect(device.provider).toBe("cpu");
  const [webgpu, cuda] = device.fallbackReason.split("; ");
  expect(webgpu).toMatch(/webgpu/i);
  expect(cuda).toBe("no CUDA provider on this machine");
});

it("refuses a forged ticket and shows it nothing", async () => {
  const asked = order();
  const forger = await watch(`${asked.orderId}.${Date.now() + 60_000}.${"A".repeat(43)}`);
  await paint(asked);
  expect(forger.reply).toBe("refused");
  expect(forger.seen).toEqual({ progress: [], strokes: [] });
  forger.leave();
});

it("cancels a painting between steps, and a waiting order at once", async () => {
  const [painting, waiting] = [
    order({ steps: 150, seeds: [1, 2, 3, 4, 5, 6, 7, 8], widthPx: 512, heightPx: 512 }),
    order(),
  ];
  const [first, second] = [paint(painting), new Promise((go) => setTimeout(go, 100)).then(() => paint(waiting))];
  await new Promise((go) => setTimeout(go, 250));
  const cancel = (id: string) => fetch(`${base}/paint/${id}`, { method: "DELETE" }).then((r) => r.json());
  expect(await cancel(waiting.orderId)).toEqual({ cancelled: true });
  expect(await cancel(painting.orderId)).toEqual({ cancelled: true });
  expect(await cancel(randomUUID())).toEqual({ cancelled: false });
  for (const { status, reply } of await Promise.all([first, second])) {
    expect({ status, code: (reply.error as { code: string }).code }).toEqual({ status: 499, code: "CANCELLED" });
  }
});

it.each([
  ["an empty prompt", { prompt: " " }, "prompt"],
  ["a prompt of 10,000 characters", { prompt: "x".repeat(10_000) }, "prompt"],
  ["a size no multiple of 64", { widthPx: 100 }, "widthPx"],
  ["a size too large", { heightPx: 2048 }, "heightPx"],
  ["no steps", { steps: 0 }, "steps"],
  ["10,000 steps", { steps: 10_000 }, "steps"],
  ["a seed that is no number", { seeds: [Number.NaN] }, "seeds.0"],
  ["a sampler nobody knows", { sampler: "magic" }, "sampler"],
])("refuses %s by field and limit, and stays up", async (_what, part, field) => {
  const { status, reply } = await paint(order(part));
  expect(status).toBe(400);
  expect(reply.error).toMatchObject({ code: "INVALID", facts: { field, reason: expect.any(String) } });
});

it("refuses what is no JSON, a model that is not there, and one whose file is cut short", async () => {
  expect(await paint("{nonsense")).toMatchObject({ status: 400, reply: { error: { facts: { field: "body" } } } });
  const unknown = await paint(order({ modelId: "nobody" }));
  expect(unknown).toMatchObject({ status: 404, reply: { error: { facts: { kind: "model", id: "nobody" } } } });
  const broken = await paint(order({ modelId: "cut-short" }));
  expect(broken).toMatchObject({ status: 500, reply: { error: { facts: { reason: "model_unreadable" } } } });
  expect((await fetch(`${base}/health/live`)).status).toBe(200);
  expect((await fetch(`${base}/nowhere`)).status).toBe(404);
});

it("says that the engine failed, and logs why, when it fails in a way nobody foresaw", async () => {
  const lines: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => void lines.push(line) });
  const painter = {
    paint: () => Promise.reject(new Error("a bug")),
    cancel: () => {},
    holds: () => true,
    isAlive: () => true,
  };
  const queue = new OrderQueue([painter], () => {});
  const server = makeHttpServer({
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
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/paint`;
  const headers = { "content-type": "application/json" };
  const reply = await fetch(url, { method: "POST", headers, body: JSON.stringify(order()) });
  const { error } = await reply.json();
  expect(error).toMatchObject({ code: "GENERATION_FAILED", facts: { reason: "engine_fault" } });
  expect(lines.join()).toContain("a bug");
  expect((await fetch(url, { method: "POST", body: JSON.stringify(order()) })).status).toBe(400);
  server.closeAllConnections();
  server.close();
});
