/** What inference counts of itself, in Prometheus' text format. It has a registry of its own: it never sees the server. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { InferenceHealth } from "#contracts/generation.ts";
import { METRIC_NAMES as NAMES } from "#contracts/metric-names.ts";
import { DEFAULT_MODEL } from "#contracts/terms.ts";
import type { EngineState } from "#inference/runtime/engine-client.ts";
import type { GpuMemory } from "./gpu-memory.ts";
import { residentBytesOf } from "./resident-bytes.ts";

/** A painting is answered when it is done: minutes, where all else takes milliseconds. */
const HTTP_SECONDS = [0.005, 0.025, 0.1, 0.5, 1, 5, 10, 30, 60, 180, 600];

interface Sources {
  readonly engineStates: () => readonly EngineState[];
  /** Orders on an easel just now. */
  readonly active: () => number;
  readonly sockets: () => number;
  readonly processes: () => readonly {
    readonly program: InferenceHealth["programs"][number]["program"];
    /** Undefined while it is started again. */
    readonly pid: number | undefined;
  }[];
  readonly gpuMemory: () => Promise<readonly GpuMemory[]>;
  readonly onError: (error: unknown) => void;
}

export type InferenceMetrics = ReturnType<typeof inferenceMetrics>;

export function inferenceMetrics(sources: Sources) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const http = new Histogram({
    name: NAMES.http,
    help: "HTTP requests, to their last byte.",
    labelNames: ["method", "route", "status"],
    buckets: HTTP_SECONDS,
    registers,
  });
  const connections = new Counter({ name: NAMES.socketConnections, help: "Sockets that were opened.", registers });
  const events = new Counter({
    name: NAMES.socketEvents,
    help: "What was said of orders to whoever watches them, told once however many do.",
    labelNames: ["event"],
    registers,
  });
  const lookUp = lookedUp(registry, sources);
  return {
    answered: ({ seconds, ...labels }: { method: string; route: string; status: number; seconds: number }) =>
      http.observe(labels, seconds),
    socketOpened: () => connections.inc(),
    socketTold: (event: "progress" | "stroke" | "thought") => events.inc({ event }),
    async programs(): Promise<InferenceHealth["programs"]> {
      const told = await Promise.all(
        sources.processes().map(async ({ program, pid }) => ({ program, residentBytes: await residentBytesOf(pid) })),
      );
      return told.flatMap(({ program, residentBytes }) => (residentBytes === null ? [] : [{ program, residentBytes }]));
    },
    async exposition() {
      await lookUp();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

function lookedUp(registry: Registry, { engineStates, active, sockets, gpuMemory, onError }: Sources) {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const size = gauge(NAMES.poolSize, "Models that are open, those of all engines.");
  const preloaded = gauge(
    NAMES.poolPreloaded,
    "Of these, those that are opened at start: Aria's own, and pinned ones.",
  );
  const painting = gauge(NAMES.active, "Orders that are being painted.");
  const connected = gauge(NAMES.sockets, "Sockets that are open.");
  const allocated = gauge(NAMES.gpuAllocated, "Memory of the GPU in use, by whomever; absent without one.", ["gpu"]);
  const reserved = gauge(NAMES.gpuReserved, "Memory that the GPU's driver keeps for itself.", ["gpu"]);
  return async () => {
    const open = engineStates().flatMap(({ models }) => models.filter(({ state }) => state === "ready"));
    size.set(open.length);
    preloaded.set(open.filter(({ id, pinned }) => pinned || id === DEFAULT_MODEL).length);
    painting.set(active());
    connected.set(sockets());
    const gpus = await gpuMemory().catch((error: unknown) => {
      onError(error);
      return [];
    });
    allocated.reset();
    reserved.reset();
    for (const { gpu, allocatedBytes, reservedBytes } of gpus) {
      allocated.set({ gpu }, allocatedBytes);
      if (reservedBytes !== null) reserved.set({ gpu }, reservedBytes);
    }
  };
}
