import "server-only";
import path from "node:path";
import type { TRPCError } from "@trpc/server";
import { headers } from "next/headers";
import type { Logger } from "pino";
import { isAriaError } from "#contracts/errors.ts";
import type { ShareSlug } from "#contracts/shares.ts";
import { type Container, createContainer } from "#server/container.ts";
import { type Caller, wanting } from "#server/domain/access/caller.ts";
import { inferenceFor, letIn } from "#server/door.ts";
import { type Env, readEnv, secretsOf } from "#server/env.ts";
import { authenticator } from "#server/infra/auth/authenticator.ts";
import { sweepFolder, THUMBS_FOLDER } from "#server/infra/blobs/fs-blobs.ts";
import { type Leaving, leaveGently } from "#server/infra/http/leave-gently.ts";
import { openDatabase } from "#server/infra/prisma/database.ts";
import { productionPorts } from "#server/infra/production-ports.ts";
import { timeRequests } from "#server/infra/telemetry/time-requests.ts";
import type { Ports } from "#server/ports.ts";
import { ORPHAN_AGE_MS } from "#server/services/sweep.ts";
import { makeAriaOf } from "#server/transport/aria-of.ts";
import { askedOrigin } from "#server/transport/http/asked-origin.ts";
import { claim as claimBy } from "#server/transport/http/claim.ts";
import { addressOf, proxyList } from "#server/transport/http/client-address.ts";
import { needAt } from "#server/transport/http/doors.ts";
import * as exports from "#server/transport/http/exports.ts";
import { type Front, makeFront } from "#server/transport/http/front.ts";
import * as health from "#server/transport/http/health.ts";
import * as openAi from "#server/transport/http/images-generations.ts";
import * as metricsDoor from "#server/transport/http/metrics.ts";
import { openApiReply } from "#server/transport/http/openapi.ts";
import { refusal } from "#server/transport/http/refusal.ts";
import { makeRouteOf } from "#server/transport/http/route-names.ts";
import * as sdapiDoor from "#server/transport/http/sdapi.ts";
import { makeServeImage, serveOwnImage } from "#server/transport/http/serve-image.ts";
import { shareTarget as takeShare } from "#server/transport/http/share-target.ts";
import { keyCookieOf, makeShares, nothingShared } from "#server/transport/http/shares.ts";
import { makeSignIn } from "#server/transport/http/sign-in.ts";
import { sketches as keepSketch } from "#server/transport/http/sketches.ts";
import { PASS_HEADER, readPass } from "#server/transport/passes.ts";
import { signTicket } from "#server/transport/tickets.ts";
import { appRouter } from "#server/transport/trpc/app-router.ts";
import type { Context } from "#server/transport/trpc/trpc.ts";
import { watchProcess } from "#telemetry/watch-process.ts";
import released from "../package.json" with { type: "json" };

/** What tRPC keeps to itself: whatever failed in a way that `contracts/errors.ts` does not know. */
function logUnforeseen({ error, path: procedure }: { error: TRPCError; path?: string | undefined }): void {
  if (!isAriaError(error.cause) && error.code === "INTERNAL_SERVER_ERROR")
    open().log.error({ err: error.cause ?? error, procedure }, "a call failed");
}

/** What Next caught of a page or a route; it tells the console itself. */
export const logFailedRequest = (err: unknown, route: string): void =>
  open().log.error({ err, route }, "a request failed");

export { appRouter };

interface Web {
  readonly signIn: ReturnType<typeof makeSignIn>;
  readonly log: Logger;
  readonly env: Env;
  /** For what is nobody's own: share links, health, metrics, people. */
  readonly house: Container;
  readonly ariaOf: (caller: Caller) => Promise<Container>;
  readonly serveImage: ReturnType<typeof serveOwnImage>;
  readonly shares: ReturnType<typeof makeShares>;
  readonly leaving: Leaving;
}

/** Connections: whoever signs in waits a moment at most. */
const FEW = 2;
const SWEEP_EVERY_MS = 15 * 60_000;

/** Held by the process: Next bundles this file for the boot and again for routes, and what is counted is counted in one place. */
const WEB = Symbol.for("aria.web");
/** For scripts/web.mjs, which listens. */
const FRONT = Symbol.for("aria.front");
const held = globalThis as { [WEB]?: Web; [FRONT]?: Front };

/**
 * Makes the one door from `app/` into the server: called by `instrumentation.ts` before anything is asked, and not when this
 * is imported, for `next build` imports every route and must not need the production environment.
 */
export async function boot(): Promise<void> {
  const env = readEnv(process.env);
  // Next sees to what nobody caught, and to the end of the process.
  const { log } = await watchProcess({
    program: "web",
    release: released.version,
    logLevel: process.env.LOG_LEVEL,
    collector: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    dsn: env.SENTRY_DSN,
    secrets: secretsOf(env),
    endsOnUncaught: false,
  });
  const { ports, portsOf } = productionPorts(env, log);
  const serveImage = makeServeImage({ blobs: ports.blobs, thumbsDir: path.join(env.ARIA_DATA_DIR, THUMBS_FOLDER) });
  const house = createContainer(ports);
  const shares = makeShares({
    aria: house,
    secret: env.TICKET_SECRET,
    serveImage,
    tries: ports.tries.share,
  });
  const signIn = makeSignIn({
    tries: ports.tries.signIn,
    authenticator: authenticator(openDatabase(env.DATABASE_URL, { max: FEW }), {
      secret: env.TICKET_SECRET,
      publicUrl: env.PUBLIC_URL,
    }),
  });
  timeRequests(ports.metrics, makeRouteOf(new Set(Object.keys(appRouter._def.procedures))));
  if (env.S3_URL !== undefined) sweepThumbs(env, { orders: ports.orders, log });
  const ariaOf = makeAriaOf({
    people: house.people,
    containerOf: (owner) => createContainer(portsOf(owner), ports),
  });
  const leaving = endsGently(env, log);
  held[WEB] = { log, env, house, ariaOf, serveImage: serveOwnImage(serveImage), shares, signIn, leaving };
  const proxies = proxyList(env.TRUSTED_PROXIES);
  held[FRONT] = makeFront({
    letIn,
    inferenceFor,
    router: appRouter,
    contextOf,
    cameFrom: (request) => addressOf(request, proxies),
    onError: logUnforeseen,
    onFault: (err, route) => log.error({ err, route }, "a request failed"),
  });
}

/** A studio sweeps what lies beside the pictures; where they lie elsewhere, each web process has thumbnails of its own. */
function sweepThumbs(env: Env, { orders, log }: { orders: Ports["orders"]; log: Logger }): void {
  const folder = path.join(env.ARIA_DATA_DIR, THUMBS_FOLDER);
  const sweep = () =>
    sweepFolder(folder, orders.knownFiles, ORPHAN_AGE_MS).catch((err: unknown) =>
      log.error({ err }, "could not sweep thumbnails"),
    );
  setInterval(sweep, SWEEP_EVERY_MS).unref();
}

/** Websockets are not waited for: a browser opens another. */
function endsGently(env: Env, log: Logger): Leaving {
  const onEnd = async () => {
    log.info("web has stopped");
    process.exit(0);
  };
  const leaving = leaveGently({
    noticeMs: env.DRAIN_NOTICE_SECONDS * 1_000,
    withinMs: env.DRAIN_SECONDS * 1_000,
    onEnd,
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void leaving.leave());
  return leaving;
}

function open(): Web {
  if (held[WEB]) return held[WEB];
  throw new Error("web was asked before instrumentation.ts had booted it");
}

/** As proxy.ts found; a visitor, where a request came around it. */
export const callerOf = (headers: Pick<Headers, "get">): Caller =>
  readPass(open().env.TICKET_SECRET, headers.get(PASS_HEADER), new Date());

/** Of whoever asks for the page. */
export const aria = async (): Promise<Container> => open().ariaOf(callerOf(await headers()));

/** Of a page that asks for what its browser would. */
export const createContext = (headers: Pick<Headers, "get">): Promise<Context> => contextOf(callerOf(headers));

async function contextOf(caller: Caller): Promise<Context> {
  const { env, ariaOf } = open();
  return {
    aria: await ariaOf(caller),
    caller,
    publicOrigin: env.PUBLIC_URL ?? null,
    ticketFor: (orderId) => signTicket(env.TICKET_SECRET, orderId, new Date()),
  };
}

/** proxy.ts has asked already; whatever comes around it is refused here. */
const guarded =
  <Rest extends unknown[]>(handle: (caller: Caller, request: Request, ...rest: Rest) => Promise<Response>) =>
  async (request: Request, ...rest: Rest): Promise<Response> => {
    const caller = callerOf(request.headers);
    const wants = wanting(caller, needAt(request.method, new URL(request.url).pathname));
    const { house } = open();
    return wants === null ? house.asCaller(caller, () => handle(caller, request, ...rest)) : refusal(caller, wants);
  };

/** The same, for what is the caller's own. */
const ownDoor = <Rest extends unknown[]>(
  handle: (aria: Container, request: Request, ...rest: Rest) => Promise<Response>,
) => guarded(async (caller, request, ...rest: Rest) => handle(await open().ariaOf(caller), request, ...rest));

export const serveImage = ownDoor((aria, request, sha256: string, thumb?: string) =>
  open().serveImage(aria, request, sha256, thumb),
);
export const imagesGenerations = ownDoor((aria, request) =>
  openAi.imagesGenerations(aria, request, askedOrigin(request.headers, open().env.PUBLIC_URL)),
);
export const sketches = ownDoor(keepSketch);
export const listModels = ownDoor((aria) => openAi.listModels(aria));
export const ready = (): Promise<Response> => health.ready(open().house, open().leaving.isLeaving);
/** `/api/auth/*`: signing in and out, sessions, passkeys. */
export const auth = (request: Request): Promise<Response> => open().signIn(request);
export const claim = (request: Request): Promise<Response> =>
  claimBy(open().house, { code: open().env.CLAIM_CODE, request });
/** Whether the owner can sign in already. */
export const isClaimed = (): Promise<boolean> => open().house.people.isClaimed();
/** For the launcher, which prints the code while it is of use. */
export const claimState = async (): Promise<Response> => Response.json({ isClaimed: await isClaimed() });
export const metrics = guarded(() => metricsDoor.metrics(open().house));
export const openApi = openApiReply;

/** The door for AUTOMATIC1111's clients. */
export const sdapi = {
  txt2img: ownDoor(sdapiDoor.txt2img),
  progress: ownDoor(sdapiDoor.progress),
  interrupt: ownDoor(sdapiDoor.interrupt),
  samplers: guarded(async () => sdapiDoor.samplers()),
  sdModels: ownDoor((aria) => sdapiDoor.sdModels(aria)),
  options: ownDoor((aria) => sdapiDoor.options(aria)),
};

/** Where others reach Aria, else where this request reached her. */
export const publicOriginOf = (request: Pick<Request, "headers">): string =>
  open().env.PUBLIC_URL ?? askedOrigin(request.headers);

export const exportOne = ownDoor((aria, request, id: string) => exports.exportOne(aria, request, id));
export const exportMany = ownDoor(exports.exportMany);

export const shareTarget = ownDoor(takeShare);

export { keyCookieOf, nothingShared };
export const openShare = (slug: string, key: string | undefined) => open().shares.open(slug, key);
export const countShareView = (slug: ShareSlug): Promise<void> => open().house.countShareView(slug);
export const sharedPicture = (request: Request, at: { slug: string; id: string; thumb: string }): Promise<Response> =>
  open().shares.picture(request, at);
export const unlockShare = (request: Request, slug: string): Promise<Response> => open().shares.unlock(request, slug);
export const oembed = (request: Request): Promise<Response> => open().shares.oembed(request, publicOriginOf(request));
/** A picture written out whole, for what draws on the server. */
export const dataUrlOf = async (sha256: string): Promise<string> =>
  `data:image/png;base64,${Buffer.from(await open().house.readPng(sha256)).toString("base64")}`;
