/** One order, from the click to its last row: one trace, told to a collector by three programs. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Order } from "#contracts/order.ts";
import { startTracing } from "#telemetry/tracing.ts";
import { emptyTables, openTestDatabase } from "#tests/test-database.ts";
import { type CollectedSpan, startCollector } from "./collector.ts";
import { startPrograms } from "./programs.ts";

const WITHIN = { timeout: 150_000, interval: 250 };
const db = openTestDatabase();
let collector: Awaited<ReturnType<typeof startCollector>>;
let programs: Awaited<ReturnType<typeof startPrograms>>;
let stopTracing: () => Promise<void>;

beforeAll(async () => {
  await emptyTables(db);
  collector = await startCollector();
  // Batches go as soon as they are asked for, rather than after five seconds.
  vi.stubEnv("OTEL_BSP_SCHEDULE_DELAY", "100");
  const endpoint = collector.endpoint;
  stopTracing = await startTracing({ service: "aria-web", endpoint });
  programs = await startPrograms({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
});
afterAll(async () => {
  await programs.stop();
  await stopTracing();
  collector.close();
  vi.unstubAllEnvs();
  await db.$disconnect();
});

it("sees one trace that holds web, queue, studio, inference and database", { timeout: 400_000 }, async () => {
  const small = { widthPx: 128, heightPx: 128, steps: 4, count: 2 };
  const prompt = "a lighthouse in a storm, oil painting";
  const { id } = await vi.waitFor(() => programs.click<Order>("order.place", { prompt, ...small }), WITHIN);
  await vi.waitFor(async () => expect(await programs.aria.orders.get(id)).toMatchObject({ state: "done" }), WITHIN);
  const find = (name: string, service: string): CollectedSpan | undefined => {
    const clicks = collector.spans.filter((span) => span.name === "trpc order.place");
    const { traceId } = clicks.at(-1) ?? {};
    return collector.spans.find((span) => span.traceId === traceId && span.name === name && span.service === service);
  };
  const ofTrace = await vi.waitFor(() => {
    const wanted = {
      click: find("trpc order.place", "aria-web"),
      written: find("postgresql INSERT", "aria-web"),
      queue: find("wait in line", "aria-studio"),
      studio: find("paint order", "aria-studio"),
      thought: find("think over", "aria-studio"),
      call: find("POST /paint", "aria-studio"),
      inference: find("POST /paint", "aria-inference"),
      engine: find("engine paint", "aria-inference"),
      scored: find("score", "aria-inference"),
      kept: find("keep", "aria-studio"),
    };
    expect(Object.entries(wanted).filter(([, span]) => span === undefined)).toEqual([]);
    return wanted as Record<keyof typeof wanted, CollectedSpan>;
  }, WITHIN);
  const { click, written, queue, studio, thought, call, inference, engine, scored, kept } = ofTrace;
  const parentOf = (child: CollectedSpan) => collector.spans.find(({ spanId }) => spanId === child.parentSpanId)?.name;
  expect(click.parentSpanId).toBeNull();
  expect([written, queue, studio].map(parentOf)).toEqual(Array(3).fill("trpc order.place"));
  expect([thought, call, kept].map(parentOf)).toEqual(Array(3).fill("paint order"));
  expect(inference.parentSpanId).toBe(call.spanId);
  expect([engine, scored].map(({ parentSpanId }) => parentSpanId)).toEqual([inference.spanId, inference.spanId]);
  expect(queue.endMs).toBeLessThanOrEqual(studio.startMs + 1_000);
  // What the engine says of itself fits into what was waited for it.
  expect(engine.attributes["aria.total_ms"]).toBeGreaterThan(0);
  expect(engine.attributes["aria.total_ms"]).toBeLessThanOrEqual(engine.endMs - engine.startMs + 1);
  const rows = collector.spans.filter(
    ({ traceId, service, name }) =>
      traceId === click.traceId && service === "aria-studio" && name.startsWith("postgresql"),
  );
  expect(
    rows.some(
      ({ name, attributes }) => name === "postgresql INSERT" && /artworks/.test(String(attributes["db.query.text"])),
    ),
  ).toBe(true);
});

it("tells a collector nothing of what is asked for, and nothing of what is done by the clock", async () => {
  await new Promise((wake) => setTimeout(wake, 3_000));
  const told = JSON.stringify(collector.spans);
  expect(told).not.toContain("lighthouse");
  const roots = collector.spans.filter(({ parentSpanId }) => parentSpanId === null).map(({ name }) => name);
  expect(roots.filter((name) => !name.startsWith("trpc "))).toEqual([]);
});
