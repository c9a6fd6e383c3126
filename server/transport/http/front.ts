/** What web answers before Next sees it, for each comes many times a second: procedures, whether she lives, and the generation socket. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { AnyRouter, inferRouterContext } from "@trpc/server";
import { type NodeHTTPHandlerOptions, nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import compression from "compression";
import { createProxyServer, proxyUpgrade } from "httpxy";
import { ASKER_HEADER } from "#contracts/asker-header.ts";
import { BATCH_AT_MOST } from "#contracts/batch-size.ts";
import { isLoopback } from "#contracts/own-names.ts";
import type { Caller } from "#server/domain/access/caller.ts";
import { span } from "#telemetry/span.ts";
import { turnedAway } from "./answer.ts";
import { live } from "./health.ts";
import type { Asked, LetIn } from "./let-in.ts";
import { refusal } from "./refusal.ts";

export interface Front {
  /** False: it is Next's to answer. */
  answers(request: IncomingMessage, response: ServerResponse): boolean;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

interface Options<Router extends AnyRouter> {
  readonly letIn: (asked: Asked) => Promise<LetIn>;
  /** Where what a browser says to the generation socket is passed on to. `socketId`: one that it has already. */
  readonly inferenceFor: (socketId: string | null) => Promise<string>;
  readonly router: Router;
  readonly contextOf: (caller: Caller) => Promise<inferRouterContext<Router>>;
  /** Where it came from; `addressOf`. */
  readonly cameFrom: (request: IncomingMessage) => string;
  readonly onError: NonNullable<NodeHTTPHandlerOptions<Router, IncomingMessage, ServerResponse>["onError"]>;
  readonly onFault: (error: unknown, what: string) => void;
}

type Handle = (request: IncomingMessage, response: ServerResponse, at: URL, caller: Caller) => Promise<void>;

/** On everything that web answers, Next's pages and files too. */
const ON_ALL = { "x-content-type-options": "nosniff", "referrer-policy": "same-origin", "x-frame-options": "DENY" };
const TRPC = "/api/trpc/";
/** Of what is read on: proxy.ts and better-auth go by it, too, so that there is one answer to who it was. */
const CAME_FROM = "x-forwarded-for";
const SOCKET = /^\/socket\.io\/?$/;
/** Of a call's body, in bytes: pictures come by doors of their own. */
const BODY_AT_MOST = 10 * 2 ** 20;
/** An inference that says nothing keeps nobody's socket. */
const UPGRADED_WITHIN_MS = 10_000;

/** Answers procedures. */
function callsOf<Router extends AnyRouter>({ router, contextOf, onError }: Options<Router>): Handle {
  // On the machine itself, packing and unpacking take longer than the bytes do.
  const isFar = ({ headers }: IncomingMessage): boolean => !isLoopback(String(headers[CAME_FROM]));
  const compress = compression({
    filter: (request, response) => isFar(request) && compression.filter(request, response),
  });
  return async (request, response, { pathname }, caller) => {
    const asker = request.headers[ASKER_HEADER];
    // Of what was kept for later: whoever has signed in since is not the one who asked.
    if (asker !== undefined && asker !== caller.personId) return send(response, turnedAway("ANOTHERS"));
    // Typed for Express, of which it asks nothing.
    compress(request as never, response as never, () => {});
    const traceparent = request.headers.traceparent;
    const parent = typeof traceparent === "string" ? traceparent : null;
    const answer = () =>
      nodeHTTPRequestHandler({
        router,
        req: request,
        res: response,
        path: pathname.slice(TRPC.length),
        createContext: () => contextOf(caller),
        maxBodySize: BODY_AT_MOST,
        maxBatchSize: BATCH_AT_MOST,
        onError,
      });
    // tRPC's own promise is kept only where its answer was wholly sent: whoever hangs up ends it, too.
    const hungUp = new Promise<void>((over) => response.once("close", over));
    return span(`${request.method} ${TRPC}[trpc]`, { kind: "server", parent }, () => Promise.race([answer(), hungUp]));
  };
}

export function makeFront<Router extends AnyRouter>(options: Options<Router>): Front {
  const { letIn, inferenceFor, cameFrom, onFault } = options;
  const call = callsOf(options);
  const passOn = createProxyServer({ changeOrigin: true });
  /** What is passed on has no path but the socket's, whatever was asked for: behind it are doors that web does not open. */
  const placeFor = (request: IncomingMessage, at: URL): Promise<string> => {
    request.url = `/socket.io/${at.search}`;
    return inferenceFor(at.searchParams.get("sid"));
  };
  const poll: Handle = async (request, response, at) =>
    passOn.web(request, response, { target: await placeFor(request, at) });
  const handlerAt = (pathname: string): Handle | undefined => {
    if (pathname.startsWith(TRPC)) return call;
    if (pathname === "/health/live") return async (_request, response) => send(response, live());
    if (SOCKET.test(pathname)) return poll;
    return undefined;
  };

  const admit = async (request: IncomingMessage, at: URL): Promise<Caller | Response> => {
    const found = await letIn(askedOf(request, at));
    if ("refused" in found) return found.refused;
    return found.wants === null ? found.caller : refusal(found.caller, found.wants);
  };

  return {
    answers(request, response) {
      request.headers[CAME_FROM] = cameFrom(request);
      for (const [name, value] of Object.entries(ON_ALL)) response.setHeader(name, value);
      const at = atOf(request);
      const handle = at && handlerAt(at.pathname);
      if (!handle) return false;
      const reply = async () => {
        const found = await admit(request, at);
        if (found instanceof Response) await send(response, found);
        else await handle(request, response, at, found);
      };
      reply().catch(async (error: unknown) => {
        onFault(error, at.pathname);
        if (response.headersSent) response.end();
        else await send(response, turnedAway("NO_ANSWER"));
      });
      return true;
    },
    upgrade(request, socket, head) {
      request.headers[CAME_FROM] = cameFrom(request);
      let isGone = false;
      socket.once("end", () => {
        isGone = true;
      });
      socket.on("error", () => {
        isGone = true;
        socket.destroy();
      });
      const passOver = async () => {
        const at = atOf(request);
        if (!at || !SOCKET.test(at.pathname)) return hangUp(socket, 404);
        const found = await admit(request, at);
        if (found instanceof Response) return hangUp(socket, found.status);
        const place = await placeFor(request, at);
        await proxyUpgrade(place, request, socket, head, { changeOrigin: true, upgradeTimeout: UPGRADED_WITHIN_MS });
      };
      passOver().catch((error: unknown) => {
        // Whoever hung up, or was told no by inference, is no fault of ours.
        if (bytesTold(socket) > 0) return;
        if (!isGone) onFault(error, "/socket.io");
        socket.destroy();
      });
    },
  };
}

/** Null where it cannot be read, or is spelt otherwise than it is meant: with dots, say. */
function atOf({ url: asked = "/" }: IncomingMessage): URL | null {
  // The host is nobody's: only what comes behind it is read.
  const whole = `http://aria${asked}`;
  if (!asked.startsWith("/") || !URL.canParse(whole)) return null;
  const url = new URL(whole);
  return url.pathname === asked.split(/[?#]/, 1)[0] ? url : null;
}

const bytesTold = (socket: Duplex): number => ("bytesWritten" in socket ? Number(socket.bytesWritten) : 0);

function askedOf({ method = "GET", headers: said }: IncomingMessage, { pathname }: URL): Asked {
  const headers = new Headers();
  for (const [name, value] of Object.entries(said))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  return { method, pathname, headers };
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}

const hangUp = (socket: Duplex, status: number): void => {
  // No server's time limit holds after an upgrade was asked for: whoever does not hang up is hung up on.
  socket.end(`HTTP/1.1 ${status} \r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
};
