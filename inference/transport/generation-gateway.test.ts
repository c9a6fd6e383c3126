/** What the generation socket does for whoever may not: each event that there is, sent over a real socket. */
import { createHmac, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ClientToServer, ServerToClient } from "#contracts/generation-events.ts";
import { quietMetrics } from "#tests/quiet-metrics.ts";
import { GenerationGateway } from "./generation-gateway.ts";
import { readTicket } from "./tickets.ts";

const SECRET = "s".repeat(32);
const WITHIN_MS = 5_000;
const http = createServer();
const sockets = new Server<ClientToServer, ServerToClient>(http, { serveClient: false });
const gateway = new GenerationGateway(sockets, (ticket) => readTicket(SECRET, ticket, Date.now()), quietMetrics());
/** What is listened to on each socket that has come. */
const heard: (string | symbol)[][] = [];
sockets.on("connection", (socket) => void heard.push(socket.eventNames()));
const open: Socket[] = [];

beforeAll(() => new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening)));
afterAll(async () => {
  for (const socket of open) socket.close();
  await sockets.close();
});

const [orderId, anothers] = [randomUUID(), randomUUID()];
function ticketFor(id: string, { secret = SECRET, untilMs = Date.now() + 60_000 } = {}): string {
  const body = `${id}.${untilMs}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

const SHOWN = {
  "order:progress": { orderId, state: "painting", candidate: 0, candidates: 1, step: 3, of: 8, remainingMs: 9 },
  "order:stroke": {
    orderId,
    candidate: 0,
    step: 3,
    of: 8,
    mediaType: "image/jpeg",
    image: new Uint8Array([1, 2, 3]).buffer,
  },
  "order:thought": { orderId, thought: { index: 0, kind: "observe", text: "The sea is calm.", at: new Date() } },
} as const satisfies { readonly [Event in keyof ServerToClient]: Parameters<ServerToClient[Event]>[0] };

function show(): void {
  gateway.stroke(SHOWN["order:stroke"]);
  gateway.progress(SHOWN["order:progress"]);
  gateway.thought(SHOWN["order:thought"]);
}

async function connect() {
  const { port } = http.address() as AddressInfo;
  const socket: Socket = io(`http://127.0.0.1:${port}`, { transports: ["websocket"], forceNew: true });
  open.push(socket);
  const seen: string[] = [];
  socket.onAny((event: string) => void seen.push(event));
  await expect.poll(() => socket.connected, { timeout: WITHIN_MS }).toBe(true);
  return {
    socket,
    seen,
    ask: (event: string, ...said: unknown[]) => socket.timeout(WITHIN_MS).emitWithAck(event, ...said),
  };
}

type Reason = "no ticket" | "an expired ticket" | "a forged ticket" | "what is no ticket";

/** What each event is sent with by whoever may not; a new one neither compiles nor passes until it is here. */
const REFUSED = {
  "order:watch": {
    "no ticket": ["", null],
    "an expired ticket": [ticketFor(orderId, { untilMs: Date.now() - 1 })],
    "a forged ticket": [
      ticketFor(orderId, { secret: "t".repeat(32) }),
      ticketFor(anothers).replace(anothers, orderId),
      `${orderId}.9999999999999.`,
    ],
    "what is no ticket": [
      orderId,
      7,
      true,
      {},
      [ticketFor(orderId)],
      Buffer.from(ticketFor(orderId)),
      "x".repeat(100_000),
    ],
  },
} as const satisfies Record<keyof ClientToServer, Record<Reason, readonly unknown[]>>;

const CASES = Object.entries(REFUSED).flatMap(([event, reasons]) =>
  Object.entries(reasons).map(([reason, said]) => ({ event, reason, said })),
);

it.each(CASES)("refuses $reason with $event, and shows nothing", async ({ event, said }) => {
  const [viewer, other] = [await connect(), await connect()];
  expect(await viewer.ask("order:watch", ticketFor(orderId))).toBe("watching");
  for (const one of said) expect(await other.ask(event, one)).toBe("refused");
  show();
  await expect.poll(() => viewer.seen, { timeout: WITHIN_MS }).toEqual(expect.arrayContaining(Object.keys(SHOWN)));
  // What was sent to it before has come before this answer.
  expect(await other.ask("order:watch", "")).toBe("refused");
  expect(other.seen).toEqual([]);
});

it("listens to no event but those", async () => {
  await connect();
  // The first is socket.io's own.
  expect(heard.at(-1)).toEqual(["error", ...Object.keys(REFUSED)]);
});

it("shows the bearer of another order's ticket nothing of this one", async () => {
  const [viewer, other] = [await connect(), await connect()];
  expect(await viewer.ask("order:watch", ticketFor(orderId))).toBe("watching");
  expect(await other.ask("order:watch", ticketFor(anothers))).toBe("watching");
  show();
  await expect.poll(() => viewer.seen, { timeout: WITHIN_MS }).toContain("order:thought");
  expect(await other.ask("order:watch", "")).toBe("refused");
  expect(other.seen).toEqual([]);
});

it("passes nothing on that a browser says in her place, and lives on where nobody waits for an answer", async () => {
  const [viewer, other] = [await connect(), await connect()];
  expect(await viewer.ask("order:watch", ticketFor(anothers))).toBe("watching");
  expect(await other.ask("order:watch", ticketFor(anothers))).toBe("watching");
  for (const [event, shown] of Object.entries(SHOWN)) other.socket.emit(event, { ...shown, orderId: anothers });
  for (const event of ["join", "message", "error", "order:watch"]) other.socket.emit(event, orderId);
  other.socket.emit("order:watch");
  expect(await other.ask("order:watch", "")).toBe("refused");
  expect(await viewer.ask("order:watch", "")).toBe("refused");
  expect(viewer.seen).toEqual([]);
});
