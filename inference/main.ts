/** Entry of the inference server: answers HTTP and sockets, and leaves all computing to its engine child. */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { Server } from "socket.io";
import type { Provider } from "#contracts/generation.ts";
import type { ClientToServer, ServerToClient } from "#contracts/generation-events.ts";
import { isLoopback } from "#contracts/own-names.ts";
import { DEFAULT_MODEL } from "#contracts/terms.ts";
import { devicesOf, readEnv } from "#inference/env.ts";
import { readLexicon } from "#inference/models/model-folder.ts";
import { EngineClient } from "#inference/runtime/engine-client.ts";
import { ScorerClient } from "#inference/runtime/scorer-client.ts";
import { makeReadMeaning } from "#inference/scoring/meanings.ts";
import { makeReadGpuMemory } from "#inference/telemetry/gpu-memory.ts";
import { inferenceMetrics } from "#inference/telemetry/inference-metrics.ts";
import { GenerationGateway } from "#inference/transport/generation-gateway.ts";
import { makeHttpServer } from "#inference/transport/http-server.ts";
import { lastShownHere, lastShownIn } from "#inference/transport/last-shown.ts";
import { careForModels } from "#inference/transport/model-care.ts";
import { OrderQueue } from "#inference/transport/order-queue.ts";
import { onBack, openRedis, shareRooms } from "#inference/transport/share-rooms.ts";
import { StrokeBook } from "#inference/transport/stroke-book.ts";
import { inferenceKey, readTicket } from "#inference/transport/tickets.ts";
import { watchProcess } from "#telemetry/watch-process.ts";
import released from "../package.json" with { type: "json" };

const PARENT_CHECK_MS = 500;
/** A studio's lease, two seconds until another looks, and some more. */
const HEIR_WITHIN_MS = 15_000;
const PROCESS_ID_BYTES = 6;
const SOCKET_ID_BYTES = 15;

const env = readEnv(process.env);
const { log, stop: stopWatching } = await watchProcess({
  program: "inference",
  release: released.version,
  logLevel: process.env.LOG_LEVEL,
  collector: env.OTEL_EXPORTER_OTLP_ENDPOINT,
  dsn: env.SENTRY_DSN,
  secrets: [env.TICKET_SECRET, env.HF_TOKEN, env.REDIS_URL],
  endsOnUncaught: true,
});

const engineOn = (providers: readonly Provider[], deviceId: number): EngineClient =>
  new EngineClient(
    {
      env: process.env,
      modelsDir: env.MODELS_DIR,
      threads: env.ENGINE_THREADS,
      budgetBytes: env.MODEL_BUDGET_BYTES,
      providers,
      deviceId,
      int8: env.ENGINE_INT8 === "auto",
      preload: DEFAULT_MODEL,
      dataDir: env.ARIA_DATA_DIR,
      checkpointEveryMs: env.CHECKPOINT_EVERY_MS,
    },
    {
      onProgress: (progress) => gateway.progress(progress),
      onStroke: (stroke) => {
        strokes.add(stroke);
        gateway.stroke(stroke);
      },
      onDeath: (signal) => log.error({ signal }, "an engine died; another is started"),
    },
  );
const strokes = new StrokeBook();
const engines = devicesOf(env).map(({ providers, deviceId }) => engineOn(providers, deviceId));
const scorer = new ScorerClient({ env: process.env, modelsDir: env.MODELS_DIR, threads: 1 }, (cause) =>
  log.error({ cause }, "the scorer died; another is started"),
);
const queue = new OrderQueue(engines, (progress) => gateway.progress(progress));
const models = careForModels(engines, {
  env: process.env,
  modelsDir: env.MODELS_DIR,
  threads: env.ENGINE_THREADS,
  token: env.HF_TOKEN,
  hubUrl: env.HF_ENDPOINT,
  onError: (err) => log.error({ err }, "could not look for models again"),
});
const metrics = inferenceMetrics({
  engineStates: () => engines.map(({ state }) => state),
  active: () => queue.painting.length,
  sockets: () => io.engine.clientsCount,
  processes: () => [
    { program: "inference", pid: process.pid },
    ...engines.map(({ pid }) => ({ program: "engine" as const, pid })),
    { program: "scorer", pid: scorer.pid },
  ],
  gpuMemory: makeReadGpuMemory(),
  onError: (err) => log.warn({ err }, "could not read the GPU's memory"),
});
const processId = randomBytes(PROCESS_ID_BYTES).toString("hex");
const http = makeHttpServer({
  processId,
  key: isLoopback(env.INFERENCE_HOST) ? null : inferenceKey(env.TICKET_SECRET),
  heirWithinMs: HEIR_WITHIN_MS,
  queue,
  strokes,
  engineStates: () => [engines[0]!.state, ...engines.slice(1).map(({ state }) => state)],
  scorer,
  models,
  onWhisper: (whisper) => gateway.thought(whisper),
  readLexicon: (modelId) => readLexicon(path.join(env.MODELS_DIR, modelId)),
  readMeaning: makeReadMeaning(env.MODELS_DIR),
  metrics,
  log,
});
const io = new Server<ClientToServer, ServerToClient>(http, { serveClient: false });
// By which web knows where a socket belongs that asks again over plain HTTP.
io.engine.generateId = () => `${processId}.${randomBytes(SOCKET_ID_BYTES).toString("base64url")}`;
const onRedisError = (err: Error) => log.warn({ err }, "Redis does not answer");
const redis = env.REDIS_URL === undefined ? null : openRedis(env.REDIS_URL, onRedisError);
if (redis) shareRooms(io, redis, onRedisError);
const gateway = new GenerationGateway(
  io,
  (ticket) => readTicket(env.TICKET_SECRET, ticket, Date.now()),
  metrics,
  redis ? lastShownIn(redis) : lastShownHere(),
);
if (redis) onBack(redis, () => gateway.tellAgain());

http.listen(env.INFERENCE_PORT, env.INFERENCE_HOST, () => {
  const { INFERENCE_HOST: host, INFERENCE_PORT: port } = env;
  log.info({ host, port, processId }, "inference listens");
});

let stopping = false;
async function stop(why: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ why }, "inference stops");
  await http.drain(env.DRAIN_SECONDS * 1_000);
  models.close();
  await Promise.all([...[...engines, scorer].map((child) => child.close()), stopWatching()]);
  process.exit(0);
}

process.once("SIGTERM", () => void stop("SIGTERM"));
process.once("SIGINT", () => void stop("SIGINT"));
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void stop("its parent is gone");
}, PARENT_CHECK_MS).unref();
