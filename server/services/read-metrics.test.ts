import { expect, it } from "vitest";
import { AriaError } from "#contracts/errors.ts";
import { OrderId } from "#contracts/order.ts";
import { createContainer } from "#server/container.ts";
import type { Ports } from "#server/ports.ts";
import { fakeGenerator, fakePorts, inMemoryRepos } from "#tests/fakes.ts";

const never = new AbortController().signal;
const asked = { prompt: "a lake", enhance: true, negativePrompt: "", count: 2 } as const;

async function studio(overrides: Partial<Ports> = {}) {
  const aria = createContainer(fakePorts(overrides));
  const { id } = await aria.placeOrder(asked);
  return { aria, id, read: async () => (await aria.readMetrics()).text };
}

it("counts how orders end, each once, and every failed attempt by what it failed of", async () => {
  let isAway = true;
  const away = () => Promise.reject(new AriaError("UNAVAILABLE", { dependency: "inference" }));
  const painter = fakeGenerator();
  const paint: typeof painter.paint = (order, signal) => (isAway ? away() : painter.paint(order, signal));
  const { aria, id, read } = await studio({ generator: { ...painter, paint } });
  expect(await aria.paintOrder(id, never)).toBe("released");
  expect(await read()).toContain('aria_generation_errors_total{model="aria",error_type="unavailable"} 1');
  expect(await read()).not.toContain("aria_generation_requests_total{");
  isAway = false;
  await aria.paintOrder(id, never);
  expect(await read()).toMatch(/aria_generation_requests_total\{model="aria",mood="[a-z]+",status="done"\} 1/);
  const second = await aria.placeOrder(asked);
  await aria.cancelOrder(second.id);
  await aria.cancelOrder(second.id);
  expect(await read()).toContain('aria_generation_requests_total{model="aria",mood="none",status="cancelled"} 1');
});

it("names why a generation failed, and calls a bug unforeseen", async () => {
  const facts = { modelId: "aria", reason: "blank_picture" } as const;
  const blank = () => Promise.reject(new AriaError("GENERATION_FAILED", facts));
  const failing = await studio({ generator: fakeGenerator({ paint: blank }) });
  await failing.aria.paintOrder(failing.id, never);
  const text = await failing.read();
  expect(text).toContain('aria_generation_errors_total{model="aria",error_type="blank_picture"} 1');
  expect(text).toMatch(/aria_generation_requests_total\{model="aria",mood="[a-z]+",status="failed"\} 1/);
  const buggy = await studio({ generator: fakeGenerator({ paint: () => Promise.reject(new Error("a bug")) }) });
  await expect(buggy.aria.paintOrder(buggy.id, never)).rejects.toThrow("a bug");
  expect(await buggy.read()).toContain('error_type="unforeseen"} 1');
});

it("counts a reaction once, and scores what she chose by what came of it", async () => {
  const { aria, id, read } = await studio();
  await aria.paintOrder(id, never);
  const { artworkId } = (await aria.orders.get(OrderId.parse(id)))!;
  const artist = (await aria.artists.list())[0]!;
  const [work] = await aria.artworks.recent(artist.id, 1);
  expect(work?.id).toBe(artworkId);
  for (const action of ["love", "love", "like"] as const) await aria.giveFeedback(work!.id, action);
  const text = await read();
  expect(text).toMatch(/aria_feedback_events_total\{action="love",mood="[a-z]+"\} 1/);
  expect(text).toContain('aria_learning_samples_total{learner="reactions"} 2');
});

it("answers while the database does not, without what only that knows", async () => {
  const repos = inMemoryRepos();
  const orders = { ...repos.orders, backlog: () => Promise.reject(new Error("away")) };
  const aria = createContainer(fakePorts({ ...repos, orders }));
  const { text } = await aria.readMetrics();
  expect(text).toContain("# TYPE aria_generation_requests counter");
  expect(text).not.toMatch(/^aria_queue_depth /m);
});
