import { randomUUID } from "node:crypto";
import path from "node:path";
import type { Logger } from "pino";
import type { PersonId } from "#contracts/people.ts";
import type { Env } from "#server/env.ts";
import type { Ports } from "#server/ports.ts";
import { currentTraceparent, recordSpan, span } from "#telemetry/span.ts";
import { backupPorts } from "./backups/backup-ports.ts";
import { blobsOf } from "./blobs/blobs-of.ts";
import { filmOf } from "./blobs/film-of.ts";
import { shrinkPicture } from "./blobs/shrink-picture.ts";
import { thumbhashOf } from "./blobs/thumbhash-of.ts";
import { cacheBy } from "./cache/cache-by.ts";
import { pictureExporter } from "./exports/picture-exporter.ts";
import { openFlags } from "./flags/open-flags.ts";
import { inferencePorts } from "./inference/inference-ports.ts";
import { passwordTries } from "./limits/rate-limits.ts";
import { promptWriter } from "./llm/prompt-writer.ts";
import { openDatabase } from "./prisma/database.ts";
import { prismaFlags } from "./prisma/flags.ts";
import { prismaMigrations } from "./prisma/migrations.ts";
import { prismaApiKeys, prismaAudit, prismaPeople } from "./prisma/people.ts";
import { prismaRepos } from "./prisma/repos.ts";
import { prismaStudios } from "./prisma/studios.ts";
import { webPusher } from "./push/web-pusher.ts";
import { openRedis } from "./redis/redis-client.ts";
import { newSlug, scryptPasswords } from "./secrets/passwords.ts";
import { machineOf } from "./telemetry/machine.ts";
import { promMetrics } from "./telemetry/prom-metrics.ts";

/** Whom a push service may write to (RFC 8292, 2.1), where Aria has no address of her own. */
const PUSH_SUBJECT = "mailto:aria@localhost.localdomain";

function writerOf({ LLM_PROVIDER: provider, LLM_MODEL: model, LLM_BASE_URL, LLM_API_KEY, LLM_TIMEOUT_MS }: Env) {
  if (provider === "none") return null;
  return promptWriter({ provider, model, baseUrl: LLM_BASE_URL, apiKey: LLM_API_KEY, timeoutMs: LLM_TIMEOUT_MS });
}

export interface ProductionPorts {
  /** Of everybody. */
  readonly ports: Ports;
  /** The same, where only what is theirs is there. */
  readonly portsOf: (owner: PersonId) => Ports;
}

/**
 * Which adapter stands behind which port: the whole of the wiring, and all of it checked by the compiler. `waitMs`: how long a
 * database or a picture store that is away is waited for.
 */
export function productionPorts(
  env: Env,
  log: Logger,
  { waitMs = 0, ...connections }: { waitMs?: number; applicationName?: string } = {},
): ProductionPorts {
  const db = openDatabase(env.DATABASE_URL, {
    isTraced: env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    waitMs,
    ...connections,
  });
  const metrics = promMetrics({ isWhole: true, traceparent: currentTraceparent });
  const flagRepo = prismaFlags(db);
  const ports: Ports = {
    ...prismaRepos(db, null),
    studios: prismaStudios(db),
    migrations: prismaMigrations(db, path.resolve("prisma/migrations")),
    machine: machineOf(env.ARIA_DATA_DIR),
    metrics,
    cache: cacheBy(env, { metrics, log }),
    tracer: { span, recordSpan, currentTraceparent },
    blobs: blobsOf(env, waitMs),
    ...backupPorts(env, env.DATABASE_URL),
    flagRepo,
    flags: openFlags(flagRepo, { log }),
    policy: env.LEARNING_POLICY,
    writer: writerOf(env),
    ...inferencePorts(env),
    thumbhash: thumbhashOf,
    shrink: shrinkPicture,
    film: filmOf,
    rng: Math.random,
    newId: randomUUID,
    exporter: pictureExporter,
    pusher: webPusher(db, { subject: env.PUBLIC_URL?.startsWith("https:") ? env.PUBLIC_URL : PUSH_SUBJECT, log }),
    people: prismaPeople(db, scryptPasswords),
    apiKeys: prismaApiKeys(db),
    audit: prismaAudit(db),
    passwords: scryptPasswords,
    tries: passwordTries(
      env.REDIS_URL === undefined
        ? null
        : openRedis(env.REDIS_URL, (err) => log.warn({ err }, "Redis does not answer")),
    ),
    newSlug,
  };
  return { ports, portsOf: (owner) => ({ ...ports, ...prismaRepos(db, owner) }) };
}
