/** What is shown of a painting, from inference's gateway to the watcher of the server, over a real socket. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { afterAll, expect, it } from "vitest";
import { OrderId } from "#contracts/order.ts";
import { GenerationGateway } from "#inference/transport/generation-gateway.ts";
import { readTicket } from "#inference/transport/tickets.ts";
import { orderWatcher } from "#server/infra/inference/order-watcher.ts";
import { signTicket } from "#server/transport/tickets.ts";
import { quietMetrics } from "#tests/quiet-metrics.ts";

const SECRET = "s".repeat(32);
const http = createServer();
const io = new Server(http, { serveClient: false });
const gateway = new GenerationGateway(io, (ticket) => readTicket(SECRET, ticket, Date.now()), quietMetrics());
const listening = new Promise<string>((resolve) => {
  http.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(http.address() as AddressInfo).port}`));
});
afterAll(() => io.close());

const orderId = OrderId.parse("00000000-0000-4000-8000-000000000007");
const stroke = { orderId, candidate: 0, step: 3, of: 8, mediaType: "image/jpeg" } as const;
const progress = { orderId, state: "painting", candidate: 0, candidates: 1, step: 3, of: 8, remainingMs: 9 } as const;

it("tells what was shown last, then what is shown next, of that order alone, until it is stopped", async () => {
  const watcher = orderWatcher(
    () => listening,
    (id) => signTicket(SECRET, id, new Date()),
  );
  gateway.stroke({ ...stroke, image: new Uint8Array([1, 2, 3]).buffer });
  gateway.progress(progress);
  const seen: unknown[] = [];
  const stop = watcher.watch(orderId, {
    stroke: ({ step, image }) => seen.push([step, [...Buffer.from(image)]]),
    progress: ({ step }) => seen.push(step),
  });
  await expect.poll(() => seen).toEqual([[3, [1, 2, 3]], 3]);
  gateway.progress({ ...progress, orderId: "00000000-0000-4000-8000-000000000008", step: 5 });
  gateway.progress({ ...progress, step: 4 });
  await expect.poll(() => seen.at(-1)).toBe(4);
  expect(seen).toHaveLength(3);
  stop();
  await expect.poll(() => io.engine.clientsCount).toBe(0);
});

it("shows nothing to a ticket that inference did not ask for, nor where nobody answers", async () => {
  const seen: unknown[] = [];
  const on = { progress: (told: unknown) => seen.push(told) };
  const stopForged = orderWatcher(
    () => listening,
    (id) => signTicket("x".repeat(32), id, new Date()),
  ).watch(orderId, on);
  const stopNobody = orderWatcher(
    async () => "http://127.0.0.1:9",
    (id) => signTicket(SECRET, id, new Date()),
  ).watch(orderId, on);
  await expect.poll(() => io.engine.clientsCount).toBe(1);
  await new Promise((soon) => setTimeout(soon, 300));
  expect(seen).toEqual([]);
  stopForged();
  stopNobody();
});
