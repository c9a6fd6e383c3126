import { afterEach, expect, it, vi } from "vitest";
import { AriaError } from "#contracts/errors.ts";
import { startCollector } from "#tests/watching/collector.ts";
import { startErrorTracker } from "#tests/watching/error-tracker.ts";
import { startErrorReports } from "./error-reports.ts";
import { makeRedact } from "./redact.ts";
import { span } from "./span.ts";
import { startTracing } from "./tracing.ts";

const SECRET = "s3cr3t-of-the-ticket";
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function reporting() {
  const tracker = await startErrorTracker();
  const redact = makeRedact([SECRET]);
  const reports = (await startErrorReports({ dsn: tracker.dsn, service: "aria-studio", release: "1.2.3", redact }))!;
  ends.push(tracker.close);
  return { tracker, ...reports };
}

it("sends what nobody foresaw as an event in an envelope, with its frames, its program and its trace", async () => {
  const { tracker, report, flush } = await reporting();
  const collector = await startCollector();
  ends.push(await startTracing({ service: "test", endpoint: collector.endpoint }), collector.close);
  const parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  await span("work", { parent }, async () => report(new TypeError("x is not a function"), "could not tend the queue"));
  await flush();
  await vi.waitFor(() => expect(tracker.events).toHaveLength(1));
  const [event] = tracker.events;
  expect(event).toMatchObject({
    release: "1.2.3",
    tags: { service: "aria-studio" },
    contexts: { trace: { trace_id: "0af7651916cd43dd8448eb211c80319c" } },
    exception: { values: [{ type: "TypeError", value: "x is not a function" }] },
  });
  expect(JSON.stringify(event!.exception!.values[0]!.stacktrace)).toContain("error-reports.test.ts");
});

it("sends no secrets, and nothing of what a person asked for", async () => {
  const { tracker, report, flush } = await reporting();
  const failed = new Error(
    `Invalid \`db.order.create()\` invocation:\n{ data: { prompt: "my late mother" } }\nUnique constraint failed`,
  );
  failed.name = "PrismaClientKnownRequestError";
  report(Object.assign(failed, { meta: { prompt: "my late mother" } }), "a call failed");
  report(new Error(`connect postgres://aria:hunter2222@db/aria with ${SECRET} and Bearer abcdefghijkl`), "away");
  await flush();
  await vi.waitFor(() => expect(tracker.events).toHaveLength(2));
  const told = tracker.bodies.join();
  for (const hidden of ["my late mother", "hunter2222", SECRET, "abcdefghijkl"]) expect(told).not.toContain(hidden);
  expect(tracker.events.map(({ exception }) => exception!.values[0]!.value)).toEqual([
    "Unique constraint failed",
    "connect postgres://aria:[redacted]@db/aria with [redacted] and Bearer [redacted]",
  ]);
});

it("sends nothing of what was foreseen, and nothing at all without an address", async () => {
  const { tracker, report, flush } = await reporting();
  report(new AriaError("BUSY", { retryAfterMs: 5_000 }), "busy");
  report(new Error("a bug"), "a call failed");
  await flush();
  await vi.waitFor(() => expect(tracker.events).toHaveLength(1));
  expect(tracker.events[0]!.exception!.values[0]!.value).toBe("a bug");
  const nowhere = { dsn: undefined, service: "aria-web", release: "1", redact: makeRedact([]) };
  expect(await startErrorReports(nowhere)).toBeNull();
});
