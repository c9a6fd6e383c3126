/** The levels and timesteps of the multistep solvers, DPM-Solver and UniPC, which count them alike but for details. */
import { AriaError } from "#contracts/errors.ts";
import { alphaBarsAboveZero, sigmasOf } from "./noise-schedule.ts";
import { levelOfFlow, levelOfSigma, logSnr, type NoiseLevel } from "./prediction.ts";
import type { DpmSolverConfig, UniPcConfig } from "./scheduler-config.ts";
import { sigmaAt, sigmaLadder, timestepAt } from "./sigma-ladder.ts";
import { checkSteps, linspace, roundHalfEven, spacedTimesteps } from "./timesteps.ts";

export interface SolverSchedule {
  readonly timesteps: readonly number[];
  /** Of step i, or of the end where i is the number of steps. */
  level(i: number): NoiseLevel;
  lambda(i: number): number;
}

export interface Ways {
  readonly rounding: (timestep: number) => number;
  /** Training steps that are visited at all. */
  readonly last: (table: Float32Array) => number;
  /** Levels of flow matching, noisiest first, `steps` of them. */
  readonly flow: (steps: number) => number[];
  /** The level a run ends at with final_sigmas_type sigma_min; `levels` is null where they are the timesteps' own. */
  readonly end: (table: Float32Array, levels: readonly number[] | null) => number;
}

export function solverSchedule(
  config: DpmSolverConfig | UniPcConfig,
  steps: number,
  { rounding, last, flow, end }: Ways,
): SolverSchedule {
  checkSteps(steps, config.num_train_timesteps);
  const table = sigmasOf(alphaBarsAboveZero(config));
  const ladder = sigmaLadder(config, table.at(-1)!, table[0]!, steps);
  const isFlow = config.use_flow_sigmas;
  if (isFlow && ladder)
    throw new AriaError("INVALID", {
      field: "scheduler_config.use_flow_sigmas",
      reason: "excludes use_karras_sigmas, use_exponential_sigmas and use_beta_sigmas",
    });
  const levels = isFlow ? flow(steps) : ladder;
  const timestepOf = (sigma: number) =>
    isFlow ? Math.trunc(sigma * config.num_train_timesteps) : rounding(timestepAt(table, sigma));
  const timesteps = levels?.map(timestepOf) ?? plainTimesteps(config, last(table), steps);
  const sigmas = Float32Array.of(
    ...(levels ?? timesteps.map((t) => sigmaAt(table, t))),
    config.final_sigmas_type === "zero" ? 0 : end(table, levels),
  );
  const level = (i: number) => (isFlow ? levelOfFlow(sigmas[i]!) : levelOfSigma(sigmas[i]!));
  return { timesteps, level, lambda: (i) => logSnr(level(i)) };
}

/** The last point of linspace and leading is left out: it would be timestep 0, where nothing is left to do. */
function plainTimesteps(config: DpmSolverConfig | UniPcConfig, last: number, steps: number): number[] {
  if (config.timestep_spacing === "trailing") return spacedTimesteps(config, steps, last);
  return spacedTimesteps(config, steps + 1, last)
    .slice(0, -1)
    .map(roundHalfEven);
}

/** σ moved towards noise: s·σ / (1 + (s − 1)·σ). Esser et al. 2024 (arXiv:2403.03206), eq. 23. */
export const shifted = (sigma: number, shift: number): number => (shift * sigma) / (1 + (shift - 1) * sigma);

/** From 1 to 1 / train steps, `steps` of `steps + 1` points. */
export const flowLevels = (
  { num_train_timesteps, flow_shift }: DpmSolverConfig | UniPcConfig,
  steps: number,
): number[] =>
  linspace(1, 1 / num_train_timesteps, steps + 1)
    .slice(0, -1)
    .map((sigma) => shifted(sigma, flow_shift));
