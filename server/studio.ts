/** Entry of the worker: takes orders from the queue, paints, curates, keeps. Any number of them may run. */
import { randomUUID } from "node:crypto";
import type { BackupCard } from "#contracts/backups.ts";
import { createContainer } from "#server/container.ts";
import { readEnv, secretsOf } from "#server/env.ts";
import { BACK_UP_TASK } from "#server/infra/backups/backup-keeper.ts";
import { productionPorts } from "#server/infra/production-ports.ts";
import { type OrderWorker, startOrderWorker } from "#server/infra/queue/order-worker.ts";
import { serveMetrics } from "#server/infra/telemetry/serve-metrics.ts";
import { watchProcess } from "#telemetry/watch-process.ts";
import released from "../package.json" with { type: "json" };

const BEAT_EVERY_MS = 1_000;
const LIVE_EVERY_MS = 60_000;
const SWEEP_EVERY_MS = 15 * 60_000;
const PARENT_CHECK_MS = 500;
/** What is painted meanwhile is not lost for it. */
const DATABASE_AWAY_MS = 60_000;

const env = readEnv(process.env);
const { log, stop: stopWatching } = await watchProcess({
  program: "studio",
  release: released.version,
  logLevel: process.env.LOG_LEVEL,
  collector: env.OTEL_EXPORTER_OTLP_ENDPOINT,
  dsn: env.SENTRY_DSN,
  secrets: secretsOf(env),
  endsOnUncaught: true,
});
const studioId = randomUUID();
const { ports } = productionPorts(env, log, { waitMs: DATABASE_AWAY_MS, applicationName: `aria-studio-${studioId}` });
const aria = createContainer(ports);
const shutdown = new AbortController();

async function tend(): Promise<void> {
  await ports.studios.beat(studioId, ports.now(), ports.machine.residentBytes());
  // Also where it is no other than before. A painting that is under way when the line is paused is not waited for here.
  worker
    ?.setPaused(await ports.line.isPaused())
    .catch((err: unknown) => log.error({ err }, "could not pause, or go on"));
  const requeued = await aria.requeueAbandoned();
  if (requeued > 0) log.warn({ requeued }, "took up abandoned orders");
}

async function purge(): Promise<void> {
  const purged = await aria.purgeTrash();
  if (purged > 0) log.info({ purged }, "emptied the trash of what was thrown away 30 days ago");
}

async function sweep(): Promise<void> {
  const removed = await aria.sweepFiles();
  if (removed > 0) log.warn({ removed }, "removed files that no row names");
}

async function backUp(make: (signal: AbortSignal) => Promise<BackupCard | null>): Promise<void> {
  const made = await make(shutdown.signal);
  if (made) log.info({ backup: made.id, bytes: made.bytes, lost: made.lost }, "made a backup");
}

async function actAlone(): Promise<void> {
  for (const { id } of await aria.actAlone()) log.info({ orderId: id }, "begins a work of her own");
}

// Whether anybody can see how it is doing is no part of the painting.
const watched = await serveMetrics({
  port: env.STUDIO_METRICS_PORT,
  host: env.STUDIO_METRICS_HOST,
  read: aria.readMetrics,
  isReady: () => !shutdown.signal.aborted,
}).catch((err: unknown) => {
  log.error({ err, port: env.STUDIO_METRICS_PORT }, "could not open the port for metrics");
  return null;
});
let worker: OrderWorker | undefined;
await tend();
worker = await startOrderWorker({
  connectionString: env.DATABASE_URL,
  concurrency: env.STUDIO_CONCURRENCY,
  isPaused: await ports.line.isPaused(),
  shutdown: shutdown.signal,
  paint: async (id, signal) => {
    const attempt = await aria.paintOrder(id, signal);
    log.info({ orderId: id, attempt }, "order left the easel");
    // Whether anybody hears of it is no part of the painting.
    if (attempt === "done") aria.notifyPainted(id).catch((err: unknown) => log.warn({ err }, "could not tell of it"));
    return attempt;
  },
  chores: [
    { name: "act_alone", at: "* * * * *", work: actAlone },
    { name: "look_back", at: "7 * * * *", work: () => aria.lookBack(shutdown.signal) },
    { name: "back_up_daily", at: "*/10 * * * *", work: () => backUp(aria.backUpDaily) },
    { name: BACK_UP_TASK, at: null, work: () => backUp((signal) => aria.backUp("asked", signal)) },
  ],
  log: (level, message) => (level === "error" ? log.error(message) : log.debug(message)),
});
log.info({ metricsPort: watched?.port }, "studio takes orders");

/** At once, and ever again, one at a time: whatever it fails of is tried anew the next time. */
function keepDoing(what: () => Promise<void>, everyMs: number, called: string): NodeJS.Timeout {
  let isAtIt = false;
  const attempt = async () => {
    if (isAtIt) return;
    isAtIt = true;
    await what().catch((err: unknown) => log.error({ err }, `could not ${called}`));
    isAtIt = false;
  };
  void attempt();
  return setInterval(attempt, everyMs);
}

const chores = [
  keepDoing(() => aria.liveOn(), LIVE_EVERY_MS, "live on"),
  keepDoing(tend, BEAT_EVERY_MS, "tend the queue"),
  keepDoing(purge, SWEEP_EVERY_MS, "empty the trash"),
  keepDoing(sweep, SWEEP_EVERY_MS, "sweep the files"),
];

async function stop(why: string): Promise<void> {
  if (shutdown.signal.aborted) return;
  log.info({ why }, "studio stops");
  for (const chore of chores) clearInterval(chore);
  shutdown.abort(new Error(why));
  await worker?.stop();
  watched?.close();
  await Promise.all([ports.studios.leave(studioId), stopWatching()]);
  process.exit(0);
}

process.once("SIGTERM", () => void stop("SIGTERM"));
process.once("SIGINT", () => void stop("SIGINT"));
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void stop("its parent is gone");
}, PARENT_CHECK_MS).unref();
