import { expect, it } from "vitest";
import { AriaError } from "#contracts/errors.ts";
import type { PaintOrder } from "#contracts/generation.ts";
import type { OrderId } from "#contracts/order.ts";
import { STRICT } from "#contracts/safety.ts";
import { createContainer } from "#server/container.ts";
import type { Ports } from "#server/ports.ts";
import { fakeGenerator, fakePorts, inMemoryBlobs } from "#tests/fakes.ts";

const noShutdown = new AbortController().signal;
const asked = { prompt: "a lighthouse", enhance: true, negativePrompt: "", count: 3, seed: 7 } as const;

async function placed(overrides: Partial<Ports> = {}) {
  const ports = fakePorts(overrides);
  const aria = createContainer(ports);
  const { id } = await aria.placeOrder(asked);
  return { ports, aria, id };
}

it("keeps the best candidate, says why, and stores all of them", async () => {
  const { aria, id } = await placed();
  expect(await aria.paintOrder(id, noShutdown)).toBe("done");
  const order = await aria.orders.get(id);
  expect(order?.candidates.map(({ seed, kept }) => [seed, kept])).toEqual([
    [7, false],
    [8, false],
    [9, true],
  ]);
  expect(order?.reason).toMatch(/^Kept the third of 3: it has the most of what was asked for/);
});

function flagging(isFlagged: (index: number) => boolean | null) {
  const painter = fakeGenerator();
  return fakeGenerator({
    async paint(order, signal) {
      const reply = await painter.paint(order, signal);
      return { ...reply, candidates: reply.candidates.map((one, i) => ({ ...one, flagged: isFlagged(i) })) };
    },
  });
}

it("keeps nothing that the safety checker flags, says so, and fails where that is all", async () => {
  const blobs = inMemoryBlobs();
  const some = await placed({ blobs, generator: flagging((i) => i === 2) });
  expect(await some.aria.paintOrder(some.id, noShutdown)).toBe("done");
  const order = (await some.aria.orders.get(some.id))!;
  expect(order.candidates.map(({ index, seed, kept }) => [index, seed, kept])).toEqual([
    [0, 7, false],
    [1, 8, true],
  ]);
  expect(order.reason).toMatch(/^Kept the second of 2.*The safety checker flagged one more, which was thrown away\.$/);
  expect(blobs.names()).toHaveLength(2);
  const all = await placed({ generator: flagging(() => true) });
  expect(await all.aria.paintOrder(all.id, noShutdown)).toBe("failed");
  const failure = { code: "INVALID", message: expect.stringContaining("safety checker flags, in every picture") };
  expect(await all.aria.orders.get(all.id)).toMatchObject({
    state: "failed",
    failure,
    candidates: [],
    artworkId: null,
  });
  await all.aria.safety.write({ ...STRICT, refused: ["gore", "hate"] });
  const { id } = await all.aria.placeOrder(asked);
  expect(await all.aria.paintOrder(id, noShutdown)).toBe("done");
});

it("hands a person's own sketch to the painter, and refuses one that is not there or would not be used", async () => {
  const blobs = inMemoryBlobs();
  const seen: (string | undefined)[] = [];
  const painter = fakeGenerator();
  const paint = (order: PaintOrder, signal: AbortSignal) => {
    seen.push(order.sketchPngBase64 && Buffer.from(order.sketchPngBase64, "base64").toString());
    return painter.paint(order, signal);
  };
  const aria = createContainer(fakePorts({ blobs, generator: { ...painter, paint } }));
  const { sha256 } = await aria.keepSketch(Buffer.from("png of a sketch"));
  const { id } = await aria.placeOrder({ ...asked, sketch: sha256 });
  expect(await aria.paintOrder(id, noShutdown)).toBe("done");
  expect(seen).toEqual(["png of a sketch"]);
  const gone = aria.placeOrder({ ...asked, sketch: "0".repeat(64) });
  await expect(gone).rejects.toMatchObject({ code: "INVALID", facts: { field: "sketch" } });
  const anothers = aria.placeOrder({ ...asked, sketch: (await blobs.put(Buffer.from("another's"))).sha256 });
  await expect(anothers).rejects.toMatchObject({ code: "INVALID", facts: { field: "sketch" } });
  const useless = aria.placeOrder({ ...asked, sketch: sha256, underpainting: null });
  await expect(useless).rejects.toMatchObject({ code: "INVALID", facts: { field: "underpainting" } });
});

it("paints nothing twice: a second worker finds the order taken, and a finished one over", async () => {
  const { aria, id } = await placed();
  const attempts = await Promise.all([aria.paintOrder(id, noShutdown), aria.paintOrder(id, noShutdown)]);
  expect(attempts.sort()).toEqual(["done", "not-mine"]);
  expect(await aria.paintOrder(id, noShutdown)).toBe("not-mine");
  expect(await aria.artworks.recent((await aria.artists.list())[0]!.id, 10)).toHaveLength(1);
});

it("keeps nothing of a painting that was cancelled under it", async () => {
  const generator = fakeGenerator();
  const ports = fakePorts({
    generator: {
      ...generator,
      paint: async (order, signal) => {
        await ports.orders.cancel(order.orderId as OrderId, ports.now());
        return generator.paint(order, signal);
      },
    },
  });
  const aria = createContainer(ports);
  const { id } = await aria.placeOrder(asked);
  expect(await aria.paintOrder(id, noShutdown)).toBe("not-mine");
  expect(await aria.orders.get(id)).toMatchObject({ state: "cancelled", artworkId: null });
});

it("writes the same files when it has to paint again, so that nothing is left over", async () => {
  const blobs = inMemoryBlobs();
  const { aria, id } = await placed({ blobs });
  await aria.paintOrder(id, noShutdown);
  const first = blobs.names();
  const again = await placed({ blobs });
  await again.aria.paintOrder(again.id, noShutdown);
  expect(blobs.names()).toEqual(first);
});

it("asks for five minutes for an inference server that is away, soon at first, however long it waited in line before", async () => {
  let now = new Date("2026-01-01T00:00:00Z");
  const paint = () => Promise.reject(new AriaError("UNAVAILABLE", { dependency: "inference" }));
  const ports = fakePorts({ generator: fakeGenerator({ paint }), now: () => now });
  const againMs: number[] = [];
  const release: typeof ports.orders.release = (order, fence, why) => {
    againMs.push(why.refusedForMs ?? 0);
    return ports.orders.release(order, fence, why);
  };
  const aria = createContainer({ ...ports, orders: { ...ports.orders, release } });
  const { id } = await aria.placeOrder(asked);
  now = new Date("2026-01-01T00:06:00Z");
  for (let asked = 0; asked < 64; asked++) expect(await aria.paintOrder(id, noShutdown)).toBe("released");
  expect(againMs.slice(0, 6)).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  expect(againMs.reduce((sum, ms) => sum + ms)).toBeGreaterThan(300_000);
  expect(await aria.orders.get(id)).toMatchObject({ state: "waiting" });
  expect(await aria.paintOrder(id, noShutdown)).toBe("failed");
  expect(await aria.orders.get(id)).toMatchObject({ state: "failed", failure: { code: "UNAVAILABLE" } });
});

it("comes again while inference still paints the order for a worker that died", async () => {
  const paint = () => Promise.reject(new AriaError("CONFLICT", { reason: "This order is being painted already." }));
  const { aria, id } = await placed({ generator: fakeGenerator({ paint }) });
  expect(await aria.paintOrder(id, noShutdown)).toBe("released");
  expect(await aria.orders.get(id)).toMatchObject({ state: "waiting" });
});

it("fails at once when the picture cannot be stored, rather than paint it again", async () => {
  const full = () => Promise.reject(new AriaError("UNAVAILABLE", { dependency: "storage" }));
  const { aria, id } = await placed({ blobs: { ...inMemoryBlobs(), put: full } });
  expect(await aria.paintOrder(id, noShutdown)).toBe("failed");
  expect((await aria.orders.get(id))?.failure?.message).toContain("is the disk full?");
});

it("says in a sentence why a painting failed", async () => {
  const facts = { modelId: "aria", reason: "blank_picture" } as const;
  const paint = () => Promise.reject(new AriaError("GENERATION_FAILED", facts));
  const { aria, id } = await placed({ generator: fakeGenerator({ paint }) });
  expect(await aria.paintOrder(id, noShutdown)).toBe("failed");
  expect((await aria.orders.get(id))?.failure?.message).toContain("came out blank");
});

it("sets an order aside that broke off twice", async () => {
  let now = new Date("2026-01-01T00:00:00Z");
  const { aria, id } = await placed({ now: () => now });
  for (const minute of [1, 2]) {
    await aria.orders.claim(id, 1_000, now);
    now = new Date(`2026-01-01T00:0${minute}:00Z`);
  }
  expect(await aria.paintOrder(id, noShutdown)).toBe("failed");
  expect((await aria.orders.get(id))?.failure?.message).toContain("set aside");
});
