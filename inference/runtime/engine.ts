/**
 * The engine child: the one process that runs onnxruntime, which blocks its thread for as long as it computes. Forked by
 * engine-client.ts; paints one order at a time; ends when its parent does.
 */
import type { PaintOrder } from "#contracts/generation.ts";
import { StudioModels } from "#inference/models/studio-models.ts";
import { checkpointsIn, sweepCheckpoints } from "#inference/pipelines/checkpoints.ts";
import { paintOrder, type Watcher } from "#inference/pipelines/paint-order.ts";
import { PreviewFrames } from "#inference/previews/preview-frames.ts";
import { type EngineSettings, type FromEngine, type ToEngine, tell } from "./engine-messages.ts";
import { sweepSessions } from "./optimized-sessions.ts";
import { ortVersion } from "./ort-version.ts";
import { deviceInUse, tryProviders } from "./session.ts";

const settings: EngineSettings = JSON.parse(process.env.ENGINE_SETTINGS ?? "{}");
tryProviders(settings.providers, settings.deviceId);
const cancelled = new Set<string>();
const send = (message: FromEngine) => void process.send?.(message);
/** A macrotask: what the parent sent during the last run is read before this resolves. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

const models = new StudioModels({
  ...settings,
  memoryInUse: () => process.memoryUsage.rss(),
  onChange: (cards) => send({ type: "models", models: cards, device: deviceInUse() }),
});

const discovered = models.discover();

async function paint(order: PaintOrder): Promise<void> {
  // The order that killed the last engine is sent again before this one has looked around.
  await discovered;
  await using lease = await models.lease(order.modelId);
  const frames = new PreviewFrames(lease.model.folder.aria, (stroke) => send({ type: "stroke", stroke }));
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
  const checkpoints = checkpointsIn(settings.checkpointsDir, order, {
    arithmetic: [lease.model.hash, ortVersion, deviceInUse().provider, settings.threads, lease.model.isInt8].join(),
    everyMs: settings.checkpointEveryMs,
  });
  const painted = await paintOrder(lease.model, order, watcher, checkpoints);
  await frames.flush();
  send({ type: "painted", orderId: order.orderId, painted });
}

process.on("message", (message: ToEngine) => {
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

sweepCheckpoints(settings.checkpointsDir, Date.now());
await discovered;
sweepSessions(settings.sessionsDir, models.ids, Date.now());
const preloaded = await models.lease(settings.preload).catch(() => null);
await preloaded?.[Symbol.asyncDispose]();
