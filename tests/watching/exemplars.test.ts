/** A real Prometheus reads what Aria tells, and finds the way from a bucket to a trace. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { promMetrics } from "#server/infra/telemetry/prom-metrics.ts";
import { freePort } from "#tests/aria-process.ts";

const isMissing = spawnSync("prometheus", ["--version"]).error !== undefined;
if (isMissing)
  console.warn("prometheus is not here (Debian: apt-get install prometheus): exemplars are read elsewhere");
const TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
const technical = { sharpness: 1, exposure: 1, contrast: 1, clipping: 1 };
const scores = { ...technical, agreement: null, soundness: null, composition: null, aesthetic: null, taste: null };

it("prometheus is there where nothing may be skipped", () => {
  expect(isMissing && process.env.CI === "true").toBe(false);
});

async function told(traceparent: string | null) {
  const metrics = promMetrics({ isWhole: true, traceparent: () => traceparent });
  metrics.painted({ modelId: "aria", seconds: 12, steps: 8, images: 3, score: 0.5, scores });
  const backlog = { waiting: 2, since: null, isPainted: true };
  return metrics.exposition({ backlog, scores: { reactions: null, duels: null } }, new Date());
}

it("tells of no trace where nobody traces", async () => {
  expect((await told(null)).text).not.toContain("trace_id");
});

it.skipIf(isMissing)("a painting's duration leads to its trace", async () => {
  const dir = mkdtempSync(path.join(tmpdir(), "prometheus-"));
  const aria = createServer(async (_, response) => {
    const { contentType, text } = await told(`00-${TRACE_ID}-b7ad6b7169203331-01`);
    response.writeHead(200, { "content-type": contentType }).end(text);
  });
  await new Promise<void>((listening) => aria.listen(0, "127.0.0.1", listening));
  const target = `127.0.0.1:${(aria.address() as AddressInfo).port}`;
  const scrape = { job_name: "aria", scrape_interval: "1s", static_configs: [{ targets: [target] }] };
  writeFileSync(path.join(dir, "prometheus.yml"), JSON.stringify({ scrape_configs: [scrape] }));
  const port = await freePort();
  const server = spawn("prometheus", [
    `--config.file=${dir}/prometheus.yml`,
    `--storage.tsdb.path=${dir}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--enable-feature=exemplar-storage",
  ]);
  try {
    const ask = async (address: string) => {
      const reply = await fetch(`http://127.0.0.1:${port}/api/v1/${address}`);
      return ((await reply.json()) as { data: unknown }).data;
    };
    const exemplars = `query_exemplars?query=aria_generation_duration_seconds_bucket&start=${Date.now() / 1000 - 60}&end=${Date.now() / 1000 + 600}`;
    await expect
      .poll(() => ask(exemplars).catch(() => null), { timeout: 60_000, interval: 500 })
      .toMatchObject([{ exemplars: [{ labels: { trace_id: TRACE_ID }, value: "12" }] }]);
    const { result } = (await ask("query?query=aria_images_generated_total")) as { result: { value: unknown[] }[] };
    expect(result[0]?.value[1]).toBe("3");
  } finally {
    server.kill("SIGKILL");
    await new Promise((gone) => server.once("exit", gone));
    aria.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
