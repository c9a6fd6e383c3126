/** What tests/watching/trace.test.ts looks at closely with a stand-in for web, here from a real click on. */
import { expect, test } from "@playwright/test";
import { freePort, startAria, temporaryDataDir } from "../aria-process.ts";
import { startCollector } from "../watching/collector.ts";
import { order, untilKept } from "./aria.ts";

const SENT_AT_ONCE = { OTEL_BSP_SCHEDULE_DELAY: "100" };

test("one trace holds web, queue, studio, inference and database, from a click in a browser", async ({ page }) => {
  const collector = await startCollector();
  const { dir, remove } = temporaryDataDir();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, ...SENT_AT_ONCE };
  const aria = await startAria(dir, await freePort(), env);
  await page.goto(aria.url);
  await order(page, "a lighthouse");
  await untilKept(page);
  const ofClick = () => {
    const click = collector.spans.find(({ name }) => name === "trpc order.place");
    const spans = collector.spans.filter(({ traceId }) => traceId === click?.traceId);
    return new Set(spans.map(({ service, name }) => `${service}: ${name}`));
  };
  const wanted = [
    "aria-web: trpc order.place",
    "aria-web: postgresql INSERT",
    "aria-studio: wait in line",
    "aria-studio: paint order",
    "aria-studio: postgresql INSERT",
    "aria-inference: POST /paint",
    "aria-inference: engine paint",
  ];
  await expect.poll(() => wanted.filter((span) => !ofClick().has(span)), { timeout: 20_000 }).toEqual([]);
  await aria.stop();
  collector.close();
  remove();
});
