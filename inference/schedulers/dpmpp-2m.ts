/** DPM-Solver++(2M), or what else of the family the file asks for (its order, its older form), without fresh noise. */
import { DpmSolverScheduler } from "./dpm-solver.ts";
import { DpmSolverConfig, parseSchedulerConfig } from "./scheduler-config.ts";

export function makeDpmpp2m(configJson: unknown, steps: number): DpmSolverScheduler {
  const config = parseSchedulerConfig(DpmSolverConfig, configJson);
  const algorithm_type = config.algorithm_type.endsWith("++") ? "dpmsolver++" : "dpmsolver";
  return new DpmSolverScheduler({ ...config, algorithm_type }, steps);
}
