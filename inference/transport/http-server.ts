/** The HTTP half of inference: orders in, pictures out, and how it is doing. Computes nothing itself. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { z } from "zod";
import { type AnyAriaError, AriaError, HTTP_STATUS, isAriaError } from "#contracts/errors.ts";
import { type InferenceHealth, type ModelCard, ModelId, PaintOrder, type PaintReply } from "#contracts/generation.ts";
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
import type { StrokeBook } from "./stroke-book.ts";

/** An order with a sketch and a mask in it. */
const MAX_BODY_BYTES = 6 * 1024 * 1024;

interface Deps {
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

export function makeHttpServer(deps: Deps): Server {
  return createServer((request, response) => {
    time(deps.metrics, request, response);
    const { traceparent } = request.headers;
    const work = () => route(deps, request, response);
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

async function route(deps: Deps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isOwnName(request.headers.host)) {
    const error = { code: "NOT_FOUND", facts: {}, message: "Inference answers to localhost alone." };
    return sendJson(response, 403, { error });
  }
  // As it was sent: an address that is none, as "//%00", is a path that leads nowhere.
  const [pathname = "/"] = (request.url ?? "/").split(/[?#]/, 1);
  const [, first, second] = pathname.split("/");
  const call = `${request.method} /${first}${second ? "/*" : ""}`;
  if (call === "POST /paint") return paint(deps, request, response);
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
    const health = await healthOf(deps);
    const status = second === "ready" && !health.ready ? 503 : 200;
    return sendJson(response, status, health);
  }
  sendJson(response, 404, { error: { code: "NOT_FOUND", facts: {}, message: `There is no ${call} here.` } });
}

const STATES: readonly ModelCard["state"][] = ["ready", "warming", "loading", "cold", "failed"];

async function healthOf({ engineStates, metrics }: Deps): Promise<InferenceHealth> {
  const [first, ...others] = engineStates();
  const models = first.models.map((card) => {
    const cards = [card, ...others.flatMap((engine) => engine.models.filter(({ id }) => id === card.id))];
    return cards.sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state))[0]!;
  });
  const devices = [first, ...others].map(({ device }) => device);
  const programs = await metrics.programs();
  return { ready: models.some(({ state }) => state === "ready"), devices, models, programs };
}

async function paint(
  { queue, scorer, strokes, log }: Deps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const order = parseBody(PaintOrder, await readJsonBody(request));
  // Whoever asked is gone: nobody will keep the picture.
  response.once("close", () => response.writableEnded || queue.cancel(order.orderId));
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
    sendJson(response, 200, { model: { id: modelId, hash: painted.model.hash }, candidates } satisfies PaintReply);
  } catch (err) {
    strokes.take(order.orderId);
    if (isAriaError(err)) throw err;
    log.error({ err, orderId: order.orderId }, "the engine failed");
    throw new AriaError("GENERATION_FAILED", { modelId, reason: "engine_fault" }, { cause: err });
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
