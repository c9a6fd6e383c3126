/** The HTTP half of inference: orders in, pictures out, and how it is doing. Computes nothing itself. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { z } from "zod";
import { type AnyAriaError, AriaError, HTTP_STATUS, isAriaError } from "#contracts/errors.ts";
import { furthestAlong } from "#contracts/furthest-along.ts";
import { type InferenceHealth, ModelId, PaintOrder, type PaintReply } from "#contracts/generation.ts";
import { invalidFrom } from "#contracts/invalid-from.ts";
import { type Lexicon, type Meaning, MeaningInput } from "#contracts/lexicon.ts";
import { Whisper } from "#contracts/mind.ts";
import { isOwnName } from "#contracts/own-names.ts";
import type { EngineState } from "#inference/runtime/engine-client.ts";
import type { ScorerClient } from "#inference/runtime/scorer-client.ts";
import { finishOrder } from "#inference/scoring/finish-order.ts";
import type { InferenceMetrics } from "#inference/telemetry/inference-metrics.ts";
import { span } from "#telemetry/span.ts";
import { type ModelDeps, routeModels } from "./model-routes.ts";
import type { OrderQueue } from "./order-queue.ts";
import { asEngineFault, Paintings } from "./paintings.ts";
import type { StrokeBook } from "./stroke-book.ts";
import { isBearing } from "./tickets.ts";

/** An order with a sketch and a mask in it. */
const MAX_BODY_BYTES = 6 * 1024 * 1024;
const DRAIN_LOOK_MS = 50;
/** What a load balancer and Prometheus ask for. */
const OPEN_TO_ALL = /^\/(health\/(live|ready)|metrics)$/;

interface Deps {
  /** Of this process, another at each start. */
  readonly processId: string;
  /** What whoever asks must bear; null where it listens to this machine alone. */
  readonly key: string | null;
  /** How long an order is painted on that nobody waits for any more. */
  readonly heirWithinMs: number;
  readonly queue: OrderQueue;
  readonly engineStates: () => readonly [EngineState, ...EngineState[]];
  /** What was shown while it was painted goes with the answer. */
  readonly strokes: Pick<StrokeBook, "take">;
  readonly scorer: Pick<ScorerClient, "judge">;
  readonly models: ModelDeps;
  /** Null where the model has none, or there is no such model. */
  readonly readLexicon: (modelId: string) => Promise<Lexicon | null>;
  /** Null where it means nothing to the model, or it has no scorer to mean it to. */
  readonly readMeaning: (modelId: string, words: string) => Promise<Meaning | null>;
  readonly onWhisper: (whisper: Whisper) => void;
  readonly metrics: Pick<InferenceMetrics, "answered" | "exposition" | "programs">;
  readonly log: Logger;
}

/** What is on its way through an inference server. */
interface Under {
  readonly paintings: Paintings;
  isLeaving: boolean;
}

/** `drain`: says that it is not ready any more, begins nothing new, and resolves once all that was begun is answered, or in time. */
export function makeHttpServer(deps: Deps): Server & { drain(withinMs: number): Promise<void> } {
  const paintings = new Paintings({
    paint: (order) => answerOrder(deps, order),
    cancel: (orderId) => void deps.queue.cancel(orderId),
    heirWithinMs: deps.heirWithinMs,
  });
  const under: Under = { paintings, isLeaving: false };
  const server = serve(deps, under);
  return Object.assign(server, {
    async drain(withinMs: number) {
      under.isLeaving = true;
      paintings.close();
      for (const until = Date.now() + withinMs; paintings.size > 0 && Date.now() < until; ) await sleep(DRAIN_LOOK_MS);
    },
  });
}

function serve(deps: Deps, under: Under): Server {
  return createServer((request, response) => {
    time(deps.metrics, request, response);
    const { traceparent } = request.headers;
    const work = () => route(deps, under, request, response);
    // Who asks by the clock sends none, and begins no trace.
    const traced =
      typeof traceparent === "string"
        ? span(`${request.method} ${routeNameOf(request.url)}`, { kind: "server", parent: traceparent }, work)
        : work();
    traced.catch((error: unknown) => {
      if (isAriaError(error)) return sendError(response, error);
      deps.log.error({ err: error }, "request failed");
      sendJson(response, 500, {
        error: { code: "INTERNAL", facts: {}, message: "Something went wrong; the log knows." },
      });
    });
  });
}

/** Of few, so that what is counted stays small: an address that is not known is "other". */
const ROUTES: readonly (readonly [name: string, fits: RegExp])[] = [
  ["/paint", /^\/paint$/],
  ["/paint/:id", /^\/paint\/[^/]+$/],
  ["/thoughts", /^\/thoughts$/],
  ["/meanings", /^\/meanings$/],
  ["/lexicon/:model", /^\/lexicon\/[^/]+$/],
  ["/models", /^\/models\//],
  ["/health", /^\/health(\/(live|ready))?$/],
  ["/metrics", /^\/metrics$/],
];
const METHODS = new Set(["GET", "POST", "DELETE"]);

function routeNameOf(url = "/"): string {
  const [pathname = "/"] = url.split("?", 1);
  return ROUTES.find(([, fits]) => fits.test(pathname))?.[0] ?? "other";
}

function time(metrics: Deps["metrics"], { method = "", url }: IncomingMessage, response: ServerResponse): void {
  const startedAt = performance.now();
  response.once("close", () =>
    metrics.answered({
      method: METHODS.has(method) ? method : "other",
      route: routeNameOf(url),
      // 499: whoever asked hung up first.
      status: response.writableFinished ? response.statusCode : 499,
      seconds: (performance.now() - startedAt) / 1_000,
    }),
  );
}

/** Whether whoever asks may: of this machine, by its own name; from elsewhere, with the key, but for how it is doing. */
function isLetIn({ key }: Deps, { headers, url = "/" }: IncomingMessage): boolean {
  if (key === null) return isOwnName(headers.host);
  return OPEN_TO_ALL.test(url) || isBearing(key, headers.authorization);
}

async function route(deps: Deps, under: Under, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLetIn(deps, request)) {
    const message = deps.key === null ? "Inference answers to localhost alone." : "Inference answers to Aria alone.";
    return sendJson(response, 403, { error: { code: "NOT_FOUND", facts: {}, message } });
  }
  // As it was sent: an address that is none, as "//%00", is a path that leads nowhere.
  const [pathname = "/"] = (request.url ?? "/").split(/[?#]/, 1);
  const [, first, second] = pathname.split("/");
  const call = `${request.method} /${first}${second ? "/*" : ""}`;
  if (call === "POST /paint") return paint(under.paintings, request, response);
  if (call === "DELETE /paint/*") return sendJson(response, 200, { cancelled: deps.queue.cancel(second ?? "") });
  if (call === "POST /thoughts") {
    deps.onWhisper(parseBody(Whisper, await readJsonBody(request)));
    return sendJson(response, 200, {});
  }
  if (call === "POST /meanings") {
    const { modelId, words } = parseBody(MeaningInput, await readJsonBody(request));
    return sendJson(response, 200, { meaning: await deps.readMeaning(modelId, words) });
  }
  if (call === "GET /lexicon/*") {
    const id = ModelId.safeParse(second);
    return sendJson(response, 200, { lexicon: id.success ? await deps.readLexicon(id.data) : null });
  }
  if (first === "models") {
    const [, , ...path] = pathname.split("/");
    const body = async <T>(schema: z.ZodType<T>) => parseBody(schema, await readJsonBody(request));
    const answer = await routeModels(deps.models, { method: request.method ?? "GET", path, body });
    if (answer) return sendJson(response, 200, answer);
  }
  if (call === "GET /metrics") {
    const { contentType, text } = await deps.metrics.exposition();
    response.writeHead(200, { "content-type": contentType, "cache-control": "no-store" });
    return void response.end(text);
  }
  if (pathname === "/health/live") return sendJson(response, 200, { status: "ok" });
  if (first === "health") {
    const health = await healthOf(deps, under);
    const status = second === "ready" && !health.ready ? 503 : 200;
    return sendJson(response, status, health);
  }
  sendJson(response, 404, { error: { code: "NOT_FOUND", facts: {}, message: `There is no ${call} here.` } });
}

async function healthOf(deps: Deps, { isLeaving }: Under): Promise<InferenceHealth> {
  const { engineStates, metrics, processId, queue } = deps;
  const [first, ...others] = engineStates();
  const models = first.models.map((card) =>
    furthestAlong([card, ...others.flatMap((engine) => engine.models.filter(({ id }) => id === card.id))]),
  );
  const devices = [first, ...others].map(({ device }) => device);
  const ready = !isLeaving && models.some(({ state }) => state === "ready");
  const programs = await metrics.programs();
  return { ready, processId, painting: queue.painting, waiting: queue.waiting, devices, models, programs };
}

/** An order and its answer: where whoever asked is gone, it is painted on for a while, for another to ask. */
async function paint(paintings: Paintings, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { reply, leave } = paintings.ask(parseBody(PaintOrder, await readJsonBody(request)));
  response.once("close", () => leave(response.writableFinished));
  sendJson(response, 200, await reply);
}

/** Paints, looks at what was painted, and brings what was shown meanwhile. */
async function answerOrder({ queue, scorer, strokes, log }: Deps, order: PaintOrder): Promise<PaintReply> {
  const { modelId } = order;
  try {
    const painted = await queue.paint(order);
    // The next in line is being painted meanwhile.
    const finished = await span("score", {}, () =>
      finishOrder(order, painted, (theme, pngs) => scorer.judge(modelId, theme, pngs)),
    );
    const shown = strokes.take(order.orderId);
    const candidates = finished.map(({ seed, png, judgement: { scores, embedding, hash, flagged } }, i) => ({
      strokesBase64: (shown.get(i) ?? []).map((jpeg) => toBase64(new Uint8Array(jpeg))),
      seed,
      scores,
      hash,
      flagged,
      embedding: embedding && [...embedding],
      pngBase64: toBase64(png),
    }));
    return { model: { id: modelId, hash: painted.model.hash }, candidates };
  } catch (err) {
    strokes.take(order.orderId);
    if (!isAriaError(err)) log.error({ err, orderId: order.orderId }, "the engine failed");
    throw asEngineFault(err, modelId);
  }
}

const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");

async function readJsonBody(request: IncomingMessage): Promise<string> {
  // A page of another origin can send a form's types without being asked for leave, but not this one.
  if (!request.headers["content-type"]?.startsWith("application/json"))
    throw new AriaError("INVALID", { field: "content-type", reason: "must be application/json" });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES)
      throw new AriaError("INVALID", { field: "body", reason: `must be at most ${MAX_BODY_BYTES} bytes` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseBody<T>(schema: z.ZodType<T>, body: string): T {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (cause) {
    throw new AriaError("INVALID", { field: "body", reason: "must be JSON" }, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AriaError("INVALID", invalidFrom(parsed.error));
}

function sendError(response: ServerResponse, error: AnyAriaError): void {
  const { code, facts, message } = error;
  sendJson(response, HTTP_STATUS[code], { error: { code, facts, message } });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": bytes.length,
    "cache-control": "no-store",
  });
  response.end(bytes);
}
