/** The same as DPM++ 2M with fresh noise in every step: the solver of the reverse SDE rather than the ODE. */
import { DpmSolverScheduler } from "./dpm-solver.ts";
import { DpmSolverConfig, parseSchedulerConfig } from "./scheduler-config.ts";

export function makeDpmpp2mSde(configJson: unknown, steps: number): DpmSolverScheduler {
  const config = parseSchedulerConfig(DpmSolverConfig, configJson);
  const algorithm_type = config.algorithm_type.endsWith("++") ? "sde-dpmsolver++" : "sde-dpmsolver";
  return new DpmSolverScheduler({ ...config, algorithm_type }, steps);
}
