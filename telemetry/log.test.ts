import { expect, it } from "vitest";
import { startCollector } from "#tests/watching/collector.ts";
import { makeLog } from "./log.ts";
import { makeRedact } from "./redact.ts";
import { span } from "./span.ts";
import { startTracing } from "./tracing.ts";

const SECRET = "s3cr3t-of-the-ticket";

function logging(level = "info") {
  const lines: string[] = [];
  const reported: unknown[] = [];
  const to = { write: (line: string) => void lines.push(line) };
  const report = (error: unknown) => void reported.push(error);
  const log = makeLog({ name: "test", level, redact: makeRedact([SECRET, "short"]), report, to });
  return { log, lines, reported, last: () => JSON.parse(lines.at(-1)!) };
}

it("says of each line which trace it belongs to, where it belongs to one", async () => {
  const collector = await startCollector();
  const stop = await startTracing({ service: "test", endpoint: collector.endpoint });
  const { log, last } = logging();
  log.info("outside");
  expect(last()).not.toHaveProperty("trace_id");
  const parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  await span("work", { parent }, async () => log.info({ orderId: "1" }, "inside"));
  expect(last()).toMatchObject({
    msg: "inside",
    orderId: "1",
    trace_id: "0af7651916cd43dd8448eb211c80319c",
    span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
  await stop();
  collector.close();
});

it("hides secrets, push keys and what was asked for, however deep they lie", () => {
  const { log, lines, last } = logging();
  log.info(
    {
      order: { id: 1, prompt: "my late mother", asked: { theme: "grief", steps: 8 } },
      device: { keys: { auth: "abc", p256dh: "def" }, endpoint: "https://push.example/abc", locale: "de" },
      llm: { apiKey: "k", model: "tiny" },
      url: "postgres://aria:hunter2222@db/aria",
      list: [{ password: "p" }, `${SECRET} here`],
    },
    `said ${SECRET}`,
  );
  for (const hidden of ["my late mother", "grief", "abc", "def", '"k"', "hunter2222", '"p"', SECRET])
    expect(lines.join()).not.toContain(hidden);
  expect(last()).toMatchObject({
    order: { id: 1, asked: { steps: 8 } },
    device: { locale: "de" },
    llm: { model: "tiny" },
    msg: "said [redacted]",
  });
});

it("keeps of an error its message, frames and cause, and not what Prisma was called with", () => {
  const { log, last } = logging();
  const cause = new Error("ECONNREFUSED");
  const failed = new Error('Invalid invocation:\n{ prompt: "my late mother" }\n\nUnique constraint failed', { cause });
  failed.name = "PrismaClientKnownRequestError";
  log.error({ err: failed }, "a call failed");
  expect(last().err).toMatchObject({
    type: "PrismaClientKnownRequestError",
    message: "Unique constraint failed",
    stack: expect.stringContaining("log.test.ts"),
    cause: { message: "ECONNREFUSED" },
  });
  expect(JSON.stringify(last())).not.toContain("my late mother");
});

it("reports what is logged as an error, and nothing less", () => {
  const { log, reported } = logging();
  const bug = new Error("a bug");
  log.warn({ err: bug }, "well");
  log.error({ err: bug }, "no");
  log.fatal("nothing is left");
  expect(reported).toEqual([bug, new Error("nothing is left")]);
});
