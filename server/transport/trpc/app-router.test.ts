import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { ArtworkId } from "#contracts/artwork.ts";
import type { InferenceHealth, ModelCard } from "#contracts/generation.ts";
import { OrderId } from "#contracts/order.ts";
import { createContainer } from "#server/container.ts";
import { AT_HOME } from "#server/domain/access/caller.ts";
import { signTicket } from "#server/transport/tickets.ts";
import { fakeGenerator, fakePorts } from "#tests/fakes.ts";
import { appRouter } from "./app-router.ts";
import { createCaller } from "./trpc.ts";

function callerOn(ports = fakePorts()) {
  const aria = createContainer(ports);
  const ticketFor = (id: string) => signTicket("s".repeat(32), id, ports.now());
  return { aria, api: createCaller(appRouter)({ aria, caller: AT_HOME, publicOrigin: null, ticketFor }) };
}

it("refuses a sampler the model was not made for, and noise levels its sampler has none of", async () => {
  const { api } = callerOn();
  const place = (part: object) => api.order.place({ prompt: "a lake", ...part });
  await expect(place({ sampler: "flow-euler" })).rejects.toMatchObject({ cause: { facts: { field: "sampler" } } });
  const unspaced = place({ sampler: "ddim", scheduleType: "beta" });
  await expect(unspaced).rejects.toMatchObject({ cause: { facts: { field: "scheduleType" } } });
  expect(await place({ sampler: "euler", scheduleType: "karras" })).toMatchObject({ scheduleType: "karras" });
});

it("fills what was left out from the model's defaults", async () => {
  const { api } = callerOn();
  const order = await api.order.place({ prompt: " a lighthouse " });
  const filled = { prompt: "a lighthouse", count: 3, widthPx: 256, steps: 8, sampler: "dpmpp-2m", underpainting: 0.65 };
  expect(order).toMatchObject({ ...filled, seed: 2 ** 31, state: "waiting" });
  expect(await api.order.place({ prompt: "x", underpainting: null })).toMatchObject({ underpainting: null });
});

it("takes a repeated request for the same order", async () => {
  const { api } = callerOn();
  const id = OrderId.parse(randomUUID());
  const first = await api.order.place({ id, prompt: "a lighthouse" });
  expect(await api.order.place({ id, prompt: "another" })).toEqual(first);
});

it("puts a painted artwork in the trash and takes it out again", async () => {
  const { aria, api } = callerOn();
  const { id } = await api.order.place({ prompt: "a lighthouse" });
  await aria.paintOrder(id, new AbortController().signal);
  const artwork = await api.artwork.byId(ArtworkId.parse((await api.order.byId(id)).artworkId));
  expect(artwork).toMatchObject({ orderId: id, theme: "a lighthouse", title: "A Lighthouse, Considered" });
  expect(artwork.thoughts.map(({ kind }) => kind)).toEqual(["observe", "reflect", "decide", "express", "create"]);
  await api.artwork.trash([artwork.id]);
  expect((await api.artwork.byId(artwork.id)).trashedAt).not.toBeNull();
  await api.artwork.restore([artwork.id]);
  expect((await api.artwork.byId(artwork.id)).trashedAt).toBeNull();
  await expect(api.order.cancel(id)).rejects.toMatchObject({ code: "CONFLICT" });
});

it("cancels a waiting order, and once is enough", async () => {
  const { api } = callerOn();
  const { id } = await api.order.place({ prompt: "a lighthouse" });
  expect(await api.order.cancel(id)).toMatchObject({ state: "cancelled" });
  expect(await api.order.cancel(id)).toMatchObject({ state: "cancelled" });
});

it.each([
  ["a prompt of 10,000 characters", { prompt: "x".repeat(10_000) }, "prompt"],
  ["a width that is no multiple of 64", { prompt: "x", widthPx: 300 }, "widthPx"],
  ["a height over 1024", { prompt: "x", heightPx: 4096 }, "heightPx"],
  ["no steps", { prompt: "x", steps: 0 }, "steps"],
  ["10,000 steps", { prompt: "x", steps: 10_000 }, "steps"],
  ["a NaN seed", { prompt: "x", seed: Number.NaN }, "seed"],
])("refuses %s and stores nothing", async (_what, input, field) => {
  const { api } = callerOn();
  await expect(api.order.place(input)).rejects.toMatchObject({
    code: "BAD_REQUEST",
    cause: { issues: [{ path: [field] }] },
  });
  expect(await api.order.current()).toBeNull();
});

it("speaks of what is not there as NOT_FOUND, with the facts", async () => {
  const { api } = callerOn();
  const id = ArtworkId.parse(randomUUID());
  const facts = { kind: "artwork", id };
  await expect(api.artwork.byId(id)).rejects.toMatchObject({ code: "NOT_FOUND", cause: { facts } });
  await expect(api.artwork.trash([id])).rejects.toMatchObject({ code: "NOT_FOUND", cause: { facts } });
  await expect(api.order.byId(OrderId.parse(id))).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(api.order.ticket(OrderId.parse(id))).rejects.toMatchObject({ code: "NOT_FOUND" });
  const unknownModel = api.order.place({ prompt: "x", modelId: "nobody" });
  await expect(unknownModel).rejects.toMatchObject({ cause: { facts: { kind: "model", id: "nobody" } } });
});

async function healthWith(card: Partial<ModelCard>): Promise<InferenceHealth> {
  const health = await fakeGenerator().health();
  return { ...health, models: health.models.map((model) => ({ ...model, ...card })) };
}

it("says that she is waking up while no model is known yet, rather than that there is none", async () => {
  const health = async () => ({ ...(await fakeGenerator().health()), models: [] });
  const { api } = callerOn({ ...fakePorts(), generator: fakeGenerator({ health }) });
  await expect(api.order.place({ prompt: "a lake" })).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
});

it("names every check, and says not ready while no studio takes orders", async () => {
  const ports = fakePorts();
  const { api } = callerOn(ports);
  const before = await api.health.whole();
  expect(before.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(["studio"]);
  await ports.studios.beat("one", ports.now());
  expect(await api.health.whole()).toMatchObject({ ready: true, device: "the CPU" });
  const evicted = fakeGenerator({ health: async () => healthWith({ state: "cold", hash: "0123456789ab" }) });
  expect(await callerOn({ ...ports, generator: evicted }).api.health.whole()).toMatchObject({ ready: true });
  const unloaded = fakeGenerator({ health: async () => healthWith({ state: "cold", hash: null }) });
  expect(await callerOn({ ...ports, generator: unloaded }).api.health.whole()).toMatchObject({ ready: false });
  const away = fakeGenerator({ health: () => Promise.reject(new Error("refused")) });
  const without = await callerOn({ ...ports, generator: away }).api.health.whole();
  expect(without.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(["inference", "model"]);
});
