/**
 * Euler with ancestral noise: each step goes below the next level and is noised up to it (Crowson's k-diffusion, after
 * Ho et al. 2020, arXiv:2006.11239, eq. 7). x = x₀ + σ·ε. Latents are float32 [batch, channels, height, width].
 */
import { divide, mix, type Tensor } from "#inference/tensor.ts";
import { startingNoise } from "./euler.ts";
import { alphaBarsAboveZero, sigmasOf } from "./noise-schedule.ts";
import { atUnitVariance, cleanOfSigma } from "./prediction.ts";
import { freshNoise, NO_MEMORY, type Scheduler, type Step } from "./scheduler.ts";
import type { EulerAncestralConfig } from "./scheduler-config.ts";
import { sigmaAt } from "./sigma-ladder.ts";
import { checkSteps, spacedTimesteps } from "./timesteps.ts";

export class EulerAncestralScheduler implements Scheduler {
  readonly timesteps: readonly number[];
  readonly initNoiseSigma: number;
  memory = NO_MEMORY;
  readonly #config: EulerAncestralConfig;
  /** [steps + 1], decreasing to 0. */
  readonly #sigmas: Float32Array;

  constructor(config: EulerAncestralConfig, steps: number) {
    checkSteps(steps, config.num_train_timesteps);
    this.#config = config;
    const table = sigmasOf(alphaBarsAboveZero(config));
    this.timesteps = spacedTimesteps(config, steps).map(Math.fround);
    this.#sigmas = Float32Array.of(...this.timesteps.map((t) => sigmaAt(table, t)), 0);
    this.initNoiseSigma = startingNoise(config, this.#sigmas);
  }

  addNoise(clean: Tensor, noise: Tensor, i: number): Tensor {
    return mix(1, clean, this.#sigmas[i]!, noise);
  }

  scaleInput(sample: Tensor, i: number): Tensor {
    return atUnitVariance(sample, this.#sigmas[i]!);
  }

  step(modelOutput: Tensor, i: number, sample: Tensor, drawNoise?: () => Tensor): Step {
    const [sigma, nextSigma] = [this.#sigmas[i]!, this.#sigmas[i + 1]!];
    const clean = cleanOfSigma(this.#config.prediction_type, modelOutput, sample, sigma);
    const up = Math.sqrt((nextSigma ** 2 * (sigma ** 2 - nextSigma ** 2)) / sigma ** 2);
    const down = Math.sqrt(nextSigma ** 2 - up ** 2);
    const slope = divide(mix(1, sample, -1, clean), sigma);
    const below = mix(1, sample, down - sigma, slope);
    // Noise is drawn in the last step too, where none of it is used: the reference's generator goes on.
    const noise = freshNoise("Euler ancestral", drawNoise);
    return { next: mix(1, below, up, noise), clean };
  }
}
