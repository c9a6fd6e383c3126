import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { AriaError } from "#contracts/errors.ts";
import { type InferenceHealth, PaintReply } from "#contracts/generation.ts";
import { Thought } from "#contracts/mind.ts";
import { OrderId } from "#contracts/order.ts";
import { fakeGenerator } from "#tests/fakes.ts";
import { smallOrder } from "#tests/small-order.ts";
import { inferenceClient } from "./inference-client.ts";
import { inferenceFleet } from "./inference-fleet.ts";
import { inferencePlaces } from "./inference-places.ts";
import { socketPlace } from "./inference-ports.ts";
import { modelClient } from "./model-client.ts";
import { modelFleet } from "./model-fleet.ts";

const idle = await fakeGenerator().health();
const never = new AbortController().signal;
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

type Answer = (call: string, hangUp: () => void) => { status?: number; body: unknown } | null;

/** A place that is asked over a real connection; null is not answered. */
async function startPlace(health: Partial<InferenceHealth>, answer: Answer = () => null) {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    const call = `${request.method} ${request.url}`;
    if (call !== "GET /health") calls.push(call);
    request.resume().on("end", () => {
      const given = call === "GET /health" ? { body: { ...idle, ...health } } : answer(call, () => response.destroy());
      if (!given) return;
      response.writeHead(given.status ?? 200, { "content-type": "application/json" }).end(JSON.stringify(given.body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  open.push(server);
  return { calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const reply = PaintReply.parse(await fakeGenerator().paint(smallOrder({}), never));
const refusal = (error: AriaError<"BUSY"> | AriaError<"CONFLICT"> | AriaError<"NOT_FOUND">, status: number) => ({
  status,
  body: { error: { code: error.code, facts: error.facts, message: "" } },
});
const paints: Answer = (call) => (call === "POST /paint" ? { body: reply } : { body: {} });

function fleetOf(...urls: string[]) {
  const at = (url: string) => inferenceClient(url);
  const places = inferencePlaces(urls, (url) => at(url).health());
  return { places, fleet: inferenceFleet(places, at, 50) };
}
const NOWHERE = "http://127.0.0.1:9";

it("sends an order to where there is least to do", async () => {
  const [busy, free] = [await startPlace({ painting: ["a"] }, paints), await startPlace({}, paints)];
  const { fleet } = fleetOf(busy.url, free.url, NOWHERE);
  expect(await fleet.paint(smallOrder({}), never)).toEqual(reply);
  expect([busy.calls, free.calls]).toEqual([[], ["POST /paint"]]);
});

it("paints an order at another place at once when the one it was sent to dies, or is busy after all", async () => {
  const dies = await startPlace({ processId: "1" }, (_call, hangUp) => {
    hangUp();
    return null;
  });
  const busy = await startPlace({ painting: ["a"] }, () => refusal(new AriaError("BUSY", { retryAfterMs: 1 }), 429));
  const last = await startPlace({ painting: ["a"], waiting: 1 }, paints);
  const { fleet } = fleetOf(dies.url, busy.url, last.url);
  expect(await fleet.paint(smallOrder({}), never)).toEqual(reply);
  expect([dies.calls, busy.calls, last.calls]).toEqual(Array(3).fill(["POST /paint"]));
});

it("passes a refusal on that is the same everywhere, and says UNAVAILABLE where nobody is left", async () => {
  const conflict = await startPlace({}, () => refusal(new AriaError("CONFLICT", { reason: "no" }), 409));
  const other = await startPlace({ painting: ["a"] }, paints);
  await expect(fleetOf(conflict.url, other.url).fleet.paint(smallOrder({}), never)).rejects.toMatchObject({
    code: "CONFLICT",
  });
  expect(other.calls).toEqual([]);
  const { fleet } = fleetOf(NOWHERE, "http://127.0.0.1:1");
  await expect(fleet.paint(smallOrder({}), never)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await expect(fleet.health()).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

it("goes on elsewhere when a place has not answered for a while, though its connection stays open", async () => {
  let isAsleep = false;
  const sleeper = createServer((request, response) => {
    if (request.url === "/health" && !isAsleep) response.end(JSON.stringify(idle));
    if (request.url === "/paint") isAsleep = true;
  });
  await new Promise<void>((listening) => sleeper.listen(0, "127.0.0.1", listening));
  open.push(sleeper);
  const other = await startPlace({ painting: ["a"] }, paints);
  const { fleet } = fleetOf(`http://127.0.0.1:${(sleeper.address() as AddressInfo).port}`, other.url);
  expect(await fleet.paint(smallOrder({}), never)).toEqual(reply);
  expect(isAsleep).toBe(true);
}, 60_000);

it("stops where whoever asked does not want it any more, and tries no other", async () => {
  const silent = await startPlace({});
  const other = await startPlace({ painting: ["a"] }, paints);
  const asker = new AbortController();
  const painting = fleetOf(silent.url, other.url).fleet.paint(smallOrder({}), asker.signal);
  await expect.poll(() => silent.calls).toEqual(["POST /paint"]);
  asker.abort(new Error("gone"));
  await expect(painting).rejects.toThrow("gone");
  expect(other.calls).toEqual([]);
});

it("cancels everywhere, whispers to one, and is as well as all of them together", async () => {
  const [one, two] = [
    await startPlace({ ready: false, painting: ["a"], waiting: 2 }, paints),
    await startPlace({ painting: ["b"] }, paints),
  ];
  const { fleet } = fleetOf(one.url, two.url, NOWHERE);
  const id = OrderId.parse("00000000-0000-4000-8000-000000000007");
  await fleet.cancel(id);
  await fleet.whisper(id, Thought.parse({ index: 0, kind: "observe", text: "a lighthouse", at: new Date() }));
  const calls = [...one.calls, ...two.calls];
  expect(calls.filter((call) => call === `DELETE /paint/${id}`)).toHaveLength(2);
  expect(calls.filter((call) => call === "POST /thoughts")).toHaveLength(1);
  const together = await fleet.health();
  expect(together).toMatchObject({ ready: true, waiting: 2, devices: { length: 2 } });
  // Places are taken by address, so as their ports happen to be.
  expect(together.painting.toSorted()).toEqual(["a", "b"]);
  expect(together.models).toHaveLength(1);
});

it("asks the next where the first it asks for a lexicon is gone meanwhile", async () => {
  let gone = "";
  const unlessGone =
    (own: () => string): Answer =>
    (_call, hangUp) => {
      if (own() !== gone) return { body: { lexicon: null } };
      hangUp();
      return null;
    };
  const one = await startPlace(
    {},
    unlessGone(() => one.url),
  );
  const two = await startPlace(
    {},
    unlessGone(() => two.url),
  );
  // They are asked in the order of their addresses.
  gone = [one.url, two.url].sort()[0]!;
  expect(await fleetOf(one.url, two.url).fleet.lexicon("aria")).toBeNull();
  expect([one.calls, two.calls]).toEqual(Array(2).fill(["GET /lexicon/aria"]));
});

it("passes a socket on to whom it belongs, and a new one to whoever answers", async () => {
  const [one, two] = [await startPlace({ processId: "one" }), await startPlace({ processId: "two" })];
  const { places } = fleetOf(one.url, two.url, NOWHERE);
  for (let i = 0; i < 5; i++) {
    expect(await socketPlace(places, "one.abc")).toBe(one.url);
    expect(await socketPlace(places, "two.abc")).toBe(two.url);
    expect([one.url, two.url]).toContain(await socketPlace(places, null));
  }
  expect(await socketPlace(fleetOf(NOWHERE).places, null)).toBe(NOWHERE);
});

it("takes a name that stands for several machines for all of them, and one for itself that stands for none", async () => {
  const { places } = fleetOf("http://nobody.invalid:4301", "http://localhost:9", "http://[::1]:9");
  expect(await places.list()).toEqual(["http://[::1]:9", "http://localhost:9", "http://nobody.invalid:4301"]);
});

it("looks after models at all places; one that lacks the model keeps no other from it", async () => {
  const lacks: Answer = () => refusal(new AriaError("NOT_FOUND", { kind: "model", id: "x" }), 404);
  const has: Answer = (call) =>
    call.startsWith("GET /models/tasks") ? { body: { tasks: [] } } : { body: { cancelled: true } };
  const [one, two] = [await startPlace({}, lacks), await startPlace({}, has)];
  const by = { agent: new (await import("node:http")).Agent(), key: "key" };
  const keeperOf = (...urls: string[]) => modelFleet(fleetOf(...urls).places, (url) => modelClient(url, by));
  await keeperOf(one.url, two.url, NOWHERE).act("load", "x");
  expect([one.calls, two.calls]).toEqual(Array(2).fill(["POST /models/x/load"]));
  expect(await keeperOf(two.url).tasks()).toEqual([]);
  expect(await keeperOf(two.url).cancel("00000000-0000-4000-8000-000000000007")).toBe(true);
  await expect(keeperOf(one.url).remove("x")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(keeperOf(NOWHERE).tasks()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  const painting = await startPlace({}, () =>
    refusal(new AriaError("CONFLICT", { reason: "is being painted with" }), 409),
  );
  await expect(keeperOf(two.url, painting.url).act("unload", "x")).rejects.toMatchObject({ code: "CONFLICT" });
});
