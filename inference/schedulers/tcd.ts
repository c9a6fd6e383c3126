/**
 * Trajectory consistency distillation: Zheng et al. 2024 (arXiv:2402.19159), Algorithm 2 (strategic stochastic
 * sampling). Each step goes to s = (1 − γ)·t′ by the guess of x₀ and is noised up to t′; γ is `eta`.
 * Latents are float32 [batch, channels, height, width].
 */
import { mix, scale, type Tensor } from "#inference/tensor.ts";
import { distilledTimesteps } from "./distilled-timesteps.ts";
import { alphaBars } from "./noise-schedule.ts";
import { cleanOf, levelOf, type NoiseLevel, noiseOf } from "./prediction.ts";
import { freshNoise, type Step } from "./scheduler.ts";
import type { TcdConfig } from "./scheduler-config.ts";
import { UnitVarianceScheduler } from "./unit-variance.ts";

export class TcdScheduler extends UnitVarianceScheduler {
  readonly timesteps: readonly number[];
  readonly #config: TcdConfig;
  readonly #bars: Float32Array;

  constructor(config: TcdConfig, steps: number) {
    super();
    this.#config = config;
    this.#bars = alphaBars(config);
    this.timesteps = distilledTimesteps(config, steps);
  }

  protected level(i: number): NoiseLevel {
    return levelOf(this.#bars[this.timesteps[i]!]!);
  }

  step(modelOutput: Tensor, i: number, sample: Tensor, drawNoise?: () => Tensor): Step {
    const { prediction_type: type, eta } = this.#config;
    const level = this.level(i);
    const clean = cleanOf(type, modelOutput, sample, level);
    const noise = noiseOf(type, modelOutput, sample, level);
    const isLast = i === this.timesteps.length - 1;
    const nextTime = isLast ? 0 : this.timesteps[i + 1]!;
    const below = this.#bars[Math.floor((1 - eta) * nextTime)]!;
    const landing = levelOf(below);
    const landed = mix(landing.alpha, clean, landing.sigma, noise);
    if (eta === 0 || isLast) return { next: landed, clean };
    const share = this.#bars[nextTime]! / below;
    const up = scale(Math.sqrt(1 - share), freshNoise("TCD with eta above 0", drawNoise));
    return { next: mix(Math.sqrt(share), landed, 1, up), clean };
  }
}
