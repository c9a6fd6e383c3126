/**
 * The engine child: the one process that runs onnxruntime, which blocks its thread for as long as it computes. Forked by
 * engine-client.ts; paints one order at a time; ends when its parent does.
 */
import path from "node:path";
import type { PaintOrder } from "#contracts/generation.ts";
import { Attempt, readPins, writePins } from "#inference/models/pins.ts";
import { StudioModels } from "#inference/models/studio-models.ts";
import { checkpointsIn, sweepCheckpoints } from "#inference/pipelines/checkpoints.ts";
import { paintOrder, type Watcher } from "#inference/pipelines/paint-order.ts";
import { PreviewFrames } from "#inference/previews/preview-frames.ts";
import type { EngineSettings, FromEngine, ToEngine } from "./engine-messages.ts";
import { sweepSessions } from "./optimized-sessions.ts";
import { ortVersion } from "./ort-version.ts";
import { deviceInUse, sweepWork, tryProviders } from "./session.ts";
import { tell } from "./told-error.ts";

const settings: EngineSettings = JSON.parse(process.env.ENGINE_SETTINGS ?? "{}");
tryProviders(settings.providers, settings.deviceId);
const [sessionsDir, checkpointsDir, pinsFile] = ["sessions", "checkpoints", "pinned-models.json"].map((name) =>
  path.join(settings.dataDir, name),
) as [string, string, string];
const DEATHS_OF_A_PIN = 2;
const cancelled = new Set<string>();
const send = (message: FromEngine) => void process.send?.(message);
/** A macrotask: what the parent sent during the last run is read before this resolves. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

const models = new StudioModels({
  ...settings,
  sessionsDir,
  memoryInUse: () => process.memoryUsage.rss(),
  onChange: (cards) => send({ type: "models", models: cards, device: deviceInUse() }),
});

const discovered = models.discover().then(() => models.restorePins(readPins(pinsFile)));

async function paint(order: PaintOrder): Promise<void> {
  // The order that killed the last engine is sent again before this one has looked around.
  await discovered;
  await using lease = await models.lease(order.modelId);
  const means = { map: lease.model.folder.preview, decode: lease.model.decodeTiny };
  const frames = new PreviewFrames(means, (stroke) => send({ type: "stroke", stroke }));
  const watcher: Watcher = {
    onGlimpse: (glimpse) => {
      send({ type: "progress", progress: glimpse.progress });
      frames.offer(glimpse);
    },
    isCancelled: async () => {
      await breathe();
      return cancelled.has(order.orderId);
    },
  };
  const checkpoints = checkpointsIn(checkpointsDir, order, {
    arithmetic: [lease.model.hash, ortVersion, deviceInUse().provider, settings.threads, lease.model.isInt8].join(),
    everyMs: settings.checkpointEveryMs,
  });
  const painted = await paintOrder(lease.model, order, watcher, checkpoints);
  await frames.flush();
  send({ type: "painted", orderId: order.orderId, painted });
}

async function act({ action, modelId }: Extract<ToEngine, { type: "act" }>): Promise<void> {
  await discovered;
  await models.act(action, modelId);
  if (action === "pin" || action === "unpin") writePins(pinsFile, models.pinned);
}

let looked: Promise<unknown> = discovered;

/** One after another, or a look that began before the files went could end after one that began when they were gone. */
function discoverAgain(): Promise<void> {
  const look = looked.then(async () => {
    const { pinned } = models;
    await models.discover();
    if (models.pinned.length < pinned.length) writePins(pinsFile, models.pinned);
  });
  looked = look.catch(() => {});
  return look;
}

function answer(requestId: number, work: Promise<void>): void {
  work.then(
    () => send({ type: "answered", requestId, failure: null }),
    (error: unknown) => send({ type: "answered", requestId, failure: tell(error) }),
  );
}

process.on("message", (message: ToEngine) => {
  if (message.type === "act") return answer(message.requestId, act(message));
  if (message.type === "discover") return answer(message.requestId, discoverAgain());
  if (message.type === "cancel") {
    cancelled.add(message.orderId);
    return;
  }
  const { order } = message;
  // A cancel that came too late for the last attempt is not meant for this one.
  cancelled.delete(order.orderId);
  paint(order)
    .catch((error: unknown) => send({ type: "failed", orderId: order.orderId, ...tell(error) }))
    .finally(() => cancelled.delete(order.orderId));
});
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole group; the parent decides when its engine goes.
process.on("SIGINT", () => {});

sweepCheckpoints(checkpointsDir, Date.now());
sweepWork(Date.now());
await discovered;
sweepSessions(sessionsDir, models.ids, Date.now());
await models.act("load", settings.preload).catch(() => null);
await openPinned();

/** One that its engine died of twice is not kept open any more, or no engine would ever live. */
async function openPinned(): Promise<void> {
  for (const id of models.pinned) {
    const attempt = new Attempt(path.join(settings.dataDir, `opening-${settings.deviceId}-${id}`));
    if (attempt.begin() > DEATHS_OF_A_PIN) await act({ type: "act", requestId: 0, action: "unpin", modelId: id });
    else await models.act("load", id).catch(() => null);
    attempt.end();
  }
}
