/**
 * Aria's three programs around the tests' database: inference and studio as they are started, in processes of their own, and
 * what web is without its pages, in this one. Her own painter, and a critic of a few hundred bytes beside it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createHTTPServer } from "@trpc/server/adapters/standalone";
import pino from "pino";
import superjson from "superjson";
import { createContainer } from "#server/container.ts";
import { AT_HOME } from "#server/domain/access/caller.ts";
import { readEnv } from "#server/env.ts";
import { productionPorts } from "#server/infra/production-ports.ts";
import { timeRequests } from "#server/infra/telemetry/time-requests.ts";
import { makeRouteOf } from "#server/transport/http/route-names.ts";
import { signTicket } from "#server/transport/tickets.ts";
import { appRouter } from "#server/transport/trpc/app-router.ts";
import { freePort } from "#tests/aria-process.ts";
import { testDatabaseUrl } from "#tests/test-database.ts";
import { makeTinyAesthetic } from "#tests/tiny-models/make-tiny-aesthetic.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const TICKET_SECRET = "s".repeat(32);

export async function startPrograms(more: Readonly<Record<string, string>> = {}) {
  const dir = mkdtempSync(path.join(tmpdir(), "aria-watched-"));
  const modelsDir = path.join(dir, "models");
  cpSync(path.join(ROOT, "models/aria"), path.join(modelsDir, "aria"), { recursive: true });
  mkdirSync(path.join(modelsDir, "critics/aesthetic"), { recursive: true });
  makeTinyAesthetic(path.join(modelsDir, "critics/aesthetic/model.onnx"));
  const [inferencePort, metricsPort] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    DATABASE_URL: testDatabaseUrl(),
    ARIA_DATA_DIR: path.join(dir, "data"),
    MODELS_DIR: modelsDir,
    INFERENCE_PORT: String(inferencePort),
    INFERENCE_URL: `http://127.0.0.1:${inferencePort}`,
    STUDIO_METRICS_PORT: String(metricsPort),
    TICKET_SECRET,
    ENGINE_THREADS: "1",
    ...more,
  };
  const lines: string[] = [];
  const start = (file: string): ChildProcess => {
    const child = spawn(process.execPath, ["--import", "tsx", file], {
      cwd: ROOT,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (bytes: Buffer) => lines.push(...String(bytes).split("\n").filter(Boolean)));
    return child;
  };
  const children = [start("inference/main.ts"), start("server/studio.ts")];
  const { ports, portsOf } = productionPorts(readEnv(env), pino({ level: "silent" }));
  const aria = createContainer(portsOf((await ports.people.owner()).id));
  const ticketFor = (orderId: string) => signTicket(TICKET_SECRET, orderId, new Date());
  const web = createHTTPServer({
    router: appRouter,
    basePath: "/api/trpc/",
    createContext: () => ({ aria, caller: AT_HOME, publicOrigin: null, ticketFor }),
  });
  const untime = timeRequests(ports.metrics, makeRouteOf(new Set(Object.keys(appRouter._def.procedures))));
  await new Promise<void>((listening) => web.listen(0, "127.0.0.1", () => listening()));
  const base = `http://127.0.0.1:${(web.address() as AddressInfo).port}/api/trpc`;
  return {
    aria,
    env,
    lines,
    ticketFor,
    /** A mutation as a browser sends it. */
    async click<T>(procedure: string, input: unknown): Promise<T> {
      const response = await fetch(`${base}/${procedure}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: superjson.stringify(input),
      });
      const reply = await response.json();
      if (!response.ok) throw new Error(JSON.stringify(reply));
      return superjson.deserialize(reply.result.data);
    },
    scrape: {
      web: async () => (await aria.readMetrics()).text,
      studio: () => fetch(`http://127.0.0.1:${metricsPort}/metrics`).then((reply) => reply.text()),
      inference: () => fetch(`${env.INFERENCE_URL}/metrics`).then((reply) => reply.text()),
    },
    async stop(): Promise<void> {
      untime();
      web.closeAllConnections();
      web.close();
      await Promise.all(
        children.map(
          (child) =>
            new Promise<void>((gone) => {
              child.once("exit", () => gone());
              if (child.exitCode !== null || child.signalCode !== null) gone();
              child.kill("SIGTERM");
            }),
        ),
      );
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
