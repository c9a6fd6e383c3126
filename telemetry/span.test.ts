import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { startCollector } from "#tests/watching/collector.ts";
import { activeIds, currentTraceparent, span } from "./span.ts";
import { startTracing } from "./tracing.ts";

let stop: (() => Promise<void>) | undefined;
let collector: Awaited<ReturnType<typeof startCollector>>;
beforeAll(async () => {
  collector = await startCollector();
});
afterEach(async () => {
  await stop?.();
  stop = undefined;
});
afterAll(() => collector.close());

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = `00-${TRACE}-b7ad6b7169203331-01`;

it("is nothing without a collector, and runs what it is given all the same", async () => {
  stop = await startTracing({ service: "test", endpoint: undefined });
  expect(await span("work", {}, async () => [activeIds(), currentTraceparent()])).toEqual([null, null]);
  await expect(span("work", {}, () => Promise.reject(new Error("as it was")))).rejects.toThrow("as it was");
});

it("goes on with the trace that another process began, over everything that is awaited", async () => {
  stop = await startTracing({ service: "test", endpoint: collector.endpoint });
  const seen = await span("outer", { parent: PARENT }, async () => {
    await new Promise((wake) => setTimeout(wake, 5));
    return span("inner", {}, async () => currentTraceparent());
  });
  expect(seen).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
  expect(activeIds()).toBeNull();
});

it.each(["", "rubbish", `00-${"0".repeat(32)}-b7ad6b7169203331-01`, `ff-${TRACE}-b7ad6b7169203331-01`])(
  "begins a trace of its own where it is given %j",
  async (parent) => {
    stop = await startTracing({ service: "test", endpoint: collector.endpoint });
    const ids = await span("work", { parent }, async () => activeIds());
    expect(ids?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(ids?.traceId).not.toBe(TRACE);
  },
);

it("tells a collector no queries: what a person searches for stands there", async () => {
  const end = await startTracing({ service: "test", endpoint: collector.endpoint });
  const attributes = { "http.target": "/api/trpc/gallery.page?input=grief", "http.route": "/api/trpc/[trpc]" };
  await span("GET", { attributes }, async () => {});
  await end();
  const sent = collector.spans.at(-1)!.attributes;
  expect(sent).toMatchObject({ "http.target": "/api/trpc/gallery.page", "http.route": "/api/trpc/[trpc]" });
});

it("ends in time though the collector is away", async () => {
  const end = await startTracing({ service: "test", endpoint: "http://127.0.0.1:9" });
  await span("work", {}, async () => {});
  const before = performance.now();
  await end();
  expect(performance.now() - before).toBeLessThan(2_500);
});
