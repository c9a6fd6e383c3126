import { inferenceMetrics } from "#inference/telemetry/inference-metrics.ts";

/** Inference's own metrics where a test asks for none of them: nothing is looked up. */
export const quietMetrics = () =>
  inferenceMetrics({
    engineStates: () => [],
    active: () => 0,
    sockets: () => 0,
    processes: () => [],
    gpuMemory: async () => [],
    onError: () => {},
  });
