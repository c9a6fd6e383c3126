/**
 * Euler sampler for the probability-flow ODE: Karras et al. 2022 (arXiv:2206.00364), Algorithm 2
 * without churn, variance-exploding parametrisation: x = x₀ + σ·ε.
 *
 * Latents are float32 [batch, channels, height, width]; σ is unitless.
 */
import { divide, mix, type Tensor } from "#inference/tensor.ts";
import { alphaBarsAboveZero, sigmasOf } from "./noise-schedule.ts";
import { atUnitVariance, cleanOfSigma } from "./prediction.ts";
import { NO_MEMORY, type Scheduler, type Step } from "./scheduler.ts";
import type { EulerConfig } from "./scheduler-config.ts";
import { sigmaAt, sigmaLadder, timestepAt } from "./sigma-ladder.ts";
import { checkSteps, linspace, spacedTimesteps } from "./timesteps.ts";

export class EulerScheduler implements Scheduler {
  readonly timesteps: readonly number[];
  readonly initNoiseSigma: number;
  memory = NO_MEMORY;
  readonly #config: EulerConfig;
  /** [steps + 1], decreasing. */
  readonly #sigmas: Float32Array;

  constructor(config: EulerConfig, steps: number) {
    checkSteps(steps, config.num_train_timesteps);
    this.#config = config;
    const table = sigmasOf(alphaBarsAboveZero(config));
    const timesteps = spacedTimesteps(config, steps).map(Math.fround);
    const levels =
      config.interpolation_type === "linear" ? timesteps.map((t) => sigmaAt(table, t)) : logLinear(table, steps);
    const ladder = sigmaLadder(config, config.sigma_max ?? levels[0]!, config.sigma_min ?? levels.at(-1)!, steps);
    this.timesteps = ladder ? ladder.map((sigma) => Math.fround(timestepAt(table, sigma))) : timesteps;
    this.#sigmas = Float32Array.of(...(ladder ?? levels), config.final_sigmas_type === "zero" ? 0 : table[0]!);
    this.initNoiseSigma = startingNoise(config, this.#sigmas);
  }

  addNoise(clean: Tensor, noise: Tensor, i: number): Tensor {
    return mix(1, clean, this.#sigmas[i]!, noise);
  }

  scaleInput(sample: Tensor, i: number): Tensor {
    return atUnitVariance(sample, this.#sigmas[i]!);
  }

  step(modelOutput: Tensor, i: number, sample: Tensor): Step {
    const [sigma, nextSigma] = [this.#sigmas[i]!, this.#sigmas[i + 1]!];
    const clean = cleanOfSigma(this.#config.prediction_type, modelOutput, sample, sigma);
    // One operation at a time, each rounded to float32: what is left at the end may be all rounding.
    const slope = divide(mix(1, sample, -1, clean), sigma);
    return { next: mix(1, sample, nextSigma - sigma, slope), clean };
  }
}

/** One level more than there are steps, as the reference has it. */
function logLinear(table: Float32Array, steps: number): number[] {
  return linspace(Math.log(table.at(-1)!), Math.log(table[0]!), steps + 1).map(Math.exp);
}

/** Leading spacing begins below the last training step: the latents have unit variance there, not σ. */
export function startingNoise(
  { timestep_spacing }: Pick<EulerConfig, "timestep_spacing">,
  sigmas: Float32Array,
): number {
  const widest = sigmas[0]!;
  return timestep_spacing === "leading" ? Math.hypot(widest, 1) : widest;
}
