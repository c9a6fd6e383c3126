/**
 * DDIM: Song et al. 2021 (arXiv:2010.02502), eq. 12 and 16, deterministic at η = 0. x = √ᾱ·x₀ + √(1 − ᾱ)·ε.
 * Latents are float32 [batch, channels, height, width].
 */
import { mix, type Tensor } from "#inference/tensor.ts";
import { alphaBars } from "./noise-schedule.ts";
import { cleanOf, levelOf, type NoiseLevel, noiseOf } from "./prediction.ts";
import { freshNoise, type Step } from "./scheduler.ts";
import type { DdimConfig } from "./scheduler-config.ts";
import { bounded } from "./thresholding.ts";
import { checkSteps, roundHalfEven, spacedTimesteps } from "./timesteps.ts";
import { UnitVarianceScheduler } from "./unit-variance.ts";

export class DdimScheduler extends UnitVarianceScheduler {
  readonly timesteps: readonly number[];
  readonly #config: DdimConfig;
  readonly #bars: Float32Array;
  /** Training steps between two visited ones. The spacings need not agree with it, and the reference goes by it. */
  readonly #stride: number;

  constructor(config: DdimConfig, steps: number) {
    super();
    checkSteps(steps, config.num_train_timesteps);
    this.#config = config;
    this.#bars = alphaBars(config);
    this.#stride = Math.floor(config.num_train_timesteps / steps);
    this.timesteps = spacedTimesteps(config, steps).map(roundHalfEven);
  }

  protected level(i: number): NoiseLevel {
    return levelOf(this.#bars[this.timesteps[i]!]!);
  }

  step(modelOutput: Tensor, i: number, sample: Tensor, drawNoise?: () => Tensor): Step {
    const { prediction_type: type, eta } = this.#config;
    const timestep = this.timesteps[i]!;
    const bar = this.#bars[timestep]!;
    const level = levelOf(bar);
    const clean = bounded(cleanOf(type, modelOutput, sample, level), this.#config);
    // The noise is not recomputed from the clipped x₀: the reference does so only when asked to.
    const noise = noiseOf(type, modelOutput, sample, level);
    const nextBar = this.#barAt(timestep - this.#stride);
    const next = levelOf(nextBar);
    if (eta === 0) return { next: mix(next.alpha, clean, next.sigma, noise), clean };
    const variance = eta ** 2 * ((1 - nextBar) / (1 - bar)) * (1 - bar / nextBar);
    const kept = mix(next.alpha, clean, Math.sqrt(1 - nextBar - variance), noise);
    return { next: mix(1, kept, Math.sqrt(variance), freshNoise("DDIM with eta above 0", drawNoise)), clean };
  }

  #barAt(timestep: number): number {
    if (timestep >= 0) return this.#bars[timestep]!;
    return this.#config.set_alpha_to_one ? 1 : this.#bars[0]!;
  }
}
