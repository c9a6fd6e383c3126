import "server-only";
import path from "node:path";
import type { TRPCError } from "@trpc/server";
import pino from "pino";
import { isAriaError } from "#contracts/errors.ts";
import { type Container, createContainer } from "#server/container.ts";
import { type Env, readEnv } from "#server/env.ts";
import { productionPorts, THUMBS_FOLDER } from "#server/infra/production-ports.ts";
import * as exports from "#server/transport/http/exports.ts";
import * as health from "#server/transport/http/health.ts";
import * as openAi from "#server/transport/http/images-generations.ts";
import { openApiReply } from "#server/transport/http/openapi.ts";
import * as sdapiDoor from "#server/transport/http/sdapi.ts";
import { makeServeImage } from "#server/transport/http/serve-image.ts";
import { shareTarget as takeShare } from "#server/transport/http/share-target.ts";
import { keyCookieOf, makeShares } from "#server/transport/http/shares.ts";
import { sketches as keepSketch } from "#server/transport/http/sketches.ts";
import { signTicket } from "#server/transport/tickets.ts";
import type { Context } from "#server/transport/trpc/trpc.ts";

const log = pino({ name: "web", level: process.env.LOG_LEVEL ?? "info" });

/** What tRPC keeps to itself: whatever failed in a way that `contracts/errors.ts` does not know. */
export function logUnforeseen({ error, path: procedure }: { error: TRPCError; path?: string | undefined }): void {
  if (!isAriaError(error.cause) && error.code === "INTERNAL_SERVER_ERROR")
    log.error({ err: error.cause ?? error, procedure }, "a call failed");
}

export { appRouter } from "#server/transport/trpc/app-router.ts";

interface Web {
  readonly env: Env;
  readonly aria: Container;
  readonly serveImage: ReturnType<typeof makeServeImage>;
  readonly shares: ReturnType<typeof makeShares>;
}

let web: Web | undefined;

/**
 * The one door from `app/` into the server. Built on first use, because `next build` imports every route and must not
 * need the production environment; `instrumentation.ts` opens it at boot.
 */
function open(): Web {
  if (web) return web;
  const env = readEnv(process.env);
  const ports = productionPorts(env, log);
  const serveImage = makeServeImage({ blobs: ports.blobs, thumbsDir: path.join(env.ARIA_DATA_DIR, THUMBS_FOLDER) });
  const container = createContainer(ports);
  const shares = makeShares({ aria: container, secret: env.TICKET_SECRET, serveImage, now: ports.now });
  web = { env, aria: container, serveImage, shares };
  return web;
}

export const aria = (): Container => open().aria;

export function createContext(): Context {
  const { env, aria: container } = open();
  return {
    aria: container,
    publicOrigin: env.PUBLIC_URL ?? null,
    ticketFor: (orderId) => signTicket(env.TICKET_SECRET, orderId, new Date()),
  };
}

export const serveImage = (request: Request, sha256: string, thumb?: string): Promise<Response> =>
  open().serveImage(request, sha256, thumb);
export const imagesGenerations = (request: Request): Promise<Response> => openAi.imagesGenerations(aria(), request);
export const sketches = (request: Request): Promise<Response> => keepSketch(aria(), request);
export const listModels = (): Promise<Response> => openAi.listModels(aria());
export const ready = (): Promise<Response> => health.ready(aria());
export const live = health.live;
export const openApi = openApiReply;

/** The door for AUTOMATIC1111's clients. */
export const sdapi = {
  txt2img: (request: Request): Promise<Response> => sdapiDoor.txt2img(aria(), request),
  progress: (request: Request): Promise<Response> => sdapiDoor.progress(aria(), request),
  interrupt: (request: Request): Promise<Response> => sdapiDoor.interrupt(aria(), request),
  samplers: sdapiDoor.samplers,
  sdModels: (): Promise<Response> => sdapiDoor.sdModels(aria()),
  options: (): Promise<Response> => sdapiDoor.options(aria()),
};

/** Where others reach Aria, else where this request reached her. */
export const publicOriginOf = (request: Pick<Request, "headers">): string =>
  open().env.PUBLIC_URL ?? `http://${request.headers.get("host") ?? "localhost"}`;

export const exportOne = (request: Request, id: string): Promise<Response> => exports.exportOne(aria(), request, id);
export const exportMany = (request: Request): Promise<Response> => exports.exportMany(aria(), request);

export const shareTarget = (request: Request): Promise<Response> => takeShare(aria(), request);

export { keyCookieOf };
export const openShare = (slug: string, key: string | undefined) => open().shares.open(slug, key);
export const sharedPicture = (request: Request, at: { slug: string; id: string; thumb: string }): Promise<Response> =>
  open().shares.picture(request, at);
export const unlockShare = (request: Request, slug: string): Promise<Response> => open().shares.unlock(request, slug);
export const oembed = (request: Request): Promise<Response> => open().shares.oembed(request, publicOriginOf(request));
/** A picture written out whole, for what draws on the server. */
export const dataUrlOf = async (sha256: string): Promise<string> =>
  `data:image/png;base64,${Buffer.from(await aria().readPng(sha256)).toString("base64")}`;
