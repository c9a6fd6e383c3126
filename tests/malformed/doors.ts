/** Every door that takes something from outside, opened for real: files on a disk, HTTP and sockets on loopback. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { Server } from "socket.io";
import { WebSocket } from "undici";
import { AriaError, HTTP_STATUS, isAriaError } from "#contracts/errors.ts";
import { checkOnnx } from "#inference/models/install/check-onnx.ts";
import { checkSafetensors } from "#inference/models/install/check-safetensors.ts";
import { readLexicon } from "#inference/models/model-folder.ts";
import { GenerationGateway } from "#inference/transport/generation-gateway.ts";
import { makeHttpServer } from "#inference/transport/http-server.ts";
import { careForModels } from "#inference/transport/model-care.ts";
import { OrderQueue } from "#inference/transport/order-queue.ts";
import { StrokeBook } from "#inference/transport/stroke-book.ts";
import { readTicket } from "#inference/transport/tickets.ts";
import { createContainer } from "#server/container.ts";
import { fsBlobs } from "#server/infra/blobs/fs-blobs.ts";
import type { ShareRepo } from "#server/ports.ts";
import { exportMany, exportOne } from "#server/transport/http/exports.ts";
import { imagesGenerations } from "#server/transport/http/images-generations.ts";
import { txt2img } from "#server/transport/http/sdapi.ts";
import { makeServeImage } from "#server/transport/http/serve-image.ts";
import { shareTarget } from "#server/transport/http/share-target.ts";
import { makeShares } from "#server/transport/http/shares.ts";
import { sketches } from "#server/transport/http/sketches.ts";
import { fakePorts } from "#tests/fakes.ts";
import { quietMetrics } from "#tests/quiet-metrics.ts";

/** Stands where nothing leads: whoever reads it has got out. */
export const SECRET = "a secret that no door leads to";

export interface Answered {
  readonly status: number;
  readonly text: string;
}

const told = async (reply: Response): Promise<Answered> => ({ status: reply.status, text: await reply.text() });

/** As HTTP would tell it; what is no AriaError goes on. */
async function asStatus(act: () => unknown): Promise<Answered> {
  try {
    await act();
    return { status: 200, text: "" };
  } catch (error) {
    if (!isAriaError(error)) throw error;
    return { status: HTTP_STATUS[error.code], text: error.message };
  }
}

const post = (url: string, body: string | Uint8Array<ArrayBuffer> | FormData, type?: string) =>
  new Request(`http://localhost${url}`, {
    method: "POST",
    body,
    ...(type !== undefined && { headers: { "content-type": type } }),
  });

function openWeb(root: string) {
  const blobs = fsBlobs(path.join(root, "blobs"), path.join(root, "thumbs"));
  const ports = fakePorts({ blobs, shares: { get: async () => null } as Partial<ShareRepo> as ShareRepo });
  const container = createContainer(ports);
  const never = new AbortController().signal;
  const aria = {
    ...container,
    placeOrder: async (input: Parameters<typeof container.placeOrder>[0]) => {
      const { id } = await container.placeOrder(input);
      await container.paintOrder(id, never);
      return (await container.orders.get(id))!;
    },
  };
  const serveImage = makeServeImage({ blobs, thumbsDir: path.join(root, "thumbs") });
  const shares = makeShares({ aria, secret: "s".repeat(32), serveImage, tries: ports.tries.share });
  const at = new Request("http://localhost/");
  const json = "application/json";
  return {
    images: async (body: string) => told(await imagesGenerations(aria, post("/v1/images/generations", body, json))),
    txt2img: async (body: string) => told(await txt2img(aria, post("/sdapi/v1/txt2img", body, json))),
    exports: async (body: string) => told(await exportMany(aria, post("/exports", body, json))),
    sketch: async (bytes: Buffer, type: string) =>
      told(await sketches(aria, post("/sketches", new Uint8Array(bytes), type))),
    async share(bytes: Buffer, type: string) {
      const form = new FormData();
      form.set("title", bytes.toString("latin1").slice(0, 100));
      form.set("picture", new File([new Uint8Array(bytes)], "x", { type }));
      return told(await shareTarget(aria, post("/share-target", form)));
    },
    sharedForm: async (bytes: Buffer) =>
      told(await shareTarget(aria, post("/share-target", new Uint8Array(bytes), "multipart/form-data; boundary=x"))),
    files: (name: string): Promise<Answered>[] => [
      serveImage(at, name).then(told),
      serveImage(at, "0".repeat(64), name).then(told),
      exportOne(aria, at, name).then(told),
      shares.picture(at, { slug: name, id: name, thumb: name }).then(told),
      shares.unlock(post("/s/x/unlock", "password=x", "application/x-www-form-urlencoded"), name).then(told),
    ],
  };
}

/** Asked as it stands: a client of Node's would tidy the address first. */
function ask(port: number, method: string, raw: string, body = ""): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const call = httpRequest({ port, host: "127.0.0.1", method, path: raw, headers, timeout: 5_000 }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      reply.on("error", reject);
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    call.on("timeout", () => call.destroy(new Error("it hangs")));
    call.on("error", reject);
    call.end(body);
  });
}

async function openInference(root: string) {
  const modelsDir = path.join(root, "models");
  const unpaintable = new AriaError("INVALID", { field: "modelId", reason: "nothing is painted here" });
  const painter = {
    paint: () => Promise.reject(unpaintable),
    cancel: () => {},
    holds: () => true,
    isAlive: () => true,
  };
  const hub = { token: undefined, hubUrl: "http://127.0.0.1:9" };
  const care = careForModels([], { env: process.env, modelsDir, threads: 1, ...hub, onError: () => {} });
  const http = makeHttpServer({
    processId: "here",
    key: null,
    heirWithinMs: 0,
    queue: new OrderQueue([painter], () => {}),
    engineStates: () => [{ models: [], device: { provider: "cpu", fallbackReason: null } }],
    strokes: new StrokeBook(),
    scorer: { judge: () => Promise.reject(unpaintable) },
    models: care,
    readLexicon: (id) => readLexicon(path.join(modelsDir, id)),
    readMeaning: async () => null,
    onWhisper: () => {},
    metrics: quietMetrics(),
    log: pino({ level: "silent" }),
  });
  const io = new Server(http, { serveClient: false });
  new GenerationGateway(io, (ticket) => readTicket("s".repeat(32), ticket, Date.now()), quietMetrics());
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  return {
    ask: (method: string, raw: string, body?: string) => ask(port, method, raw, body),
    /** What is sent once a socket is open; then whether anybody still answers. */
    async frames(frames: readonly (string | Uint8Array<ArrayBuffer>)[]): Promise<Answered> {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
      socket.binaryType = "arraybuffer";
      await new Promise<void>((resolve, reject) => {
        socket.onopen = () => resolve();
        socket.onerror = () => reject(new Error("no socket was opened"));
      });
      socket.onerror = null;
      for (const frame of frames) if (socket.readyState === WebSocket.OPEN) socket.send(frame);
      const closed = new Promise<void>((resolve) => {
        socket.onclose = () => resolve();
      });
      socket.close();
      await closed;
      return ask(port, "GET", "/health/live");
    },
    async close() {
      care.close();
      await io.close();
    },
  };
}

/** With a file beside theirs that none of them may lead to. */
export async function openDoors() {
  const root = mkdtempSync(path.join(tmpdir(), "aria-malformed-"));
  for (const file of ["secret.txt", "package.json", ".env"]) writeFileSync(path.join(root, file), SECRET);
  const inference = await openInference(root);
  const scratch = path.join(root, "model.onnx");
  return {
    web: openWeb(root),
    inference,
    safetensors: (bytes: Buffer) =>
      asStatus(() => checkSafetensors("a.safetensors", bytes.length, async (length) => bytes.subarray(0, length))),
    onnx(bytes: Buffer) {
      writeFileSync(scratch, bytes);
      return asStatus(() => checkOnnx(scratch));
    },
    async close() {
      await inference.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
export type Doors = Awaited<ReturnType<typeof openDoors>>;
