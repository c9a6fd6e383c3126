import { expect, it } from "vitest";
import type { EngineState } from "#inference/runtime/engine-client.ts";
import type { GpuMemory } from "./gpu-memory.ts";
import { inferenceMetrics } from "./inference-metrics.ts";

const card = (id: string, state: string, pinned = false) => ({ id, state, pinned });
const engine = (...models: object[]) => ({ models, device: { provider: "cpu", fallbackReason: null } }) as EngineState;

function metricsOf(gpuMemory: () => Promise<readonly GpuMemory[]>, errors: unknown[] = []) {
  const engines = [
    engine(card("aria", "ready"), card("other", "ready", true), card("third", "loading")),
    engine(card("aria", "cold"), card("fourth", "ready")),
  ];
  const onError = (error: unknown) => void errors.push(error);
  const metrics = inferenceMetrics({
    engineStates: () => engines,
    active: () => 1,
    sockets: () => 3,
    processes: () => [
      { program: "inference", pid: process.pid },
      { program: "scorer", pid: undefined },
    ],
    gpuMemory,
    onError,
  });
  return Object.assign(async () => (await metrics.exposition()).text, { programs: metrics.programs });
}

it("says what its processes hold, of those that run", async () => {
  const programs = await metricsOf(async () => []).programs();
  expect(programs).toEqual([{ program: "inference", residentBytes: expect.any(Number) }]);
});

it("counts what is open on every engine, and of it what was opened at start", async () => {
  const text = await metricsOf(async () => [])();
  expect(text).toContain("aria_model_pool_size 3");
  expect(text).toContain("aria_model_pool_preloaded 2");
  expect(text).toContain("aria_active_generations 1");
  expect(text).toContain("aria_sockets_connected 3");
});

it("tells of the GPUs that there are, and of none where there is none or it does not answer", async () => {
  const gpus = [
    { gpu: "0", allocatedBytes: 1e9, reservedBytes: 5e8 },
    { gpu: "1", allocatedBytes: 0, reservedBytes: null },
  ];
  let isThere = true;
  const errors: unknown[] = [];
  const read = metricsOf(() => (isThere ? Promise.resolve(gpus) : Promise.reject(new Error("lost"))), errors);
  const text = await read();
  expect(text).toContain('aria_gpu_memory_allocated_bytes{gpu="0"} 1000000000');
  expect(text).toContain('aria_gpu_memory_allocated_bytes{gpu="1"} 0');
  expect(text.match(/aria_gpu_memory_reserved_bytes\{/g)).toHaveLength(1);
  isThere = false;
  expect(await read()).not.toMatch(/^aria_gpu_memory/m);
  expect(errors).toHaveLength(1);
});
