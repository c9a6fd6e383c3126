import { randomUUID } from "node:crypto";
import { Agent } from "node:http";
import path from "node:path";
import type { Logger } from "pino";
import type { Env } from "#server/env.ts";
import type { Ports } from "#server/ports.ts";
import { signTicket } from "#server/transport/tickets.ts";
import { filmOf } from "./blobs/film-of.ts";
import { fsBlobs } from "./blobs/fs-blobs.ts";
import { shrinkPicture } from "./blobs/shrink-picture.ts";
import { thumbhashOf } from "./blobs/thumbhash-of.ts";
import { pictureExporter } from "./exports/picture-exporter.ts";
import { inferenceClient } from "./inference/inference-client.ts";
import { modelClient } from "./inference/model-client.ts";
import { orderWatcher } from "./inference/order-watcher.ts";
import { promptWriter } from "./llm/prompt-writer.ts";
import { openDatabase } from "./prisma/database.ts";
import { prismaRepos } from "./prisma/repos.ts";
import { prismaStudios } from "./prisma/studios.ts";
import { webPusher } from "./push/web-pusher.ts";
import { newSlug, scryptPasswords } from "./secrets/passwords.ts";

/** Whom a push service may write to (RFC 8292, 2.1), where Aria has no address of her own. */
const PUSH_SUBJECT = "mailto:aria@localhost.localdomain";

/** Under the data folder; made as they are asked for, and swept with the pictures they were made from. */
export const THUMBS_FOLDER = "thumbs";

function writerOf({ LLM_PROVIDER: provider, LLM_MODEL: model, LLM_BASE_URL, LLM_API_KEY, LLM_TIMEOUT_MS }: Env) {
  if (provider === "none") return null;
  return promptWriter({ provider, model, baseUrl: LLM_BASE_URL, apiKey: LLM_API_KEY, timeoutMs: LLM_TIMEOUT_MS });
}

/** Which adapter stands behind which port: the whole of the wiring, and all of it checked by the compiler. */
export function productionPorts(env: Env, log: Logger): Ports {
  const db = openDatabase(env.DATABASE_URL);
  const agent = new Agent({ keepAlive: true });
  return {
    ...prismaRepos(db),
    studios: prismaStudios(db),
    blobs: fsBlobs(path.join(env.ARIA_DATA_DIR, "blobs"), path.join(env.ARIA_DATA_DIR, THUMBS_FOLDER)),
    policy: env.LEARNING_POLICY,
    writer: writerOf(env),
    generator: inferenceClient(env.INFERENCE_URL, agent),
    watcher: orderWatcher(env.INFERENCE_URL, (id) => signTicket(env.TICKET_SECRET, id, new Date())),
    modelKeeper: modelClient(env.INFERENCE_URL, agent),
    thumbhash: thumbhashOf,
    shrink: shrinkPicture,
    film: filmOf,
    now: () => new Date(),
    rng: Math.random,
    newId: randomUUID,
    exporter: pictureExporter,
    pusher: webPusher(db, { subject: env.PUBLIC_URL?.startsWith("https:") ? env.PUBLIC_URL : PUSH_SUBJECT, log }),
    passwords: scryptPasswords,
    newSlug,
  };
}
