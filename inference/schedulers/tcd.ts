/**
 * Trajectory consistency distillation: Zheng et al. 2024 (arXiv:2402.19159), Algorithm 2 (strategic stochastic
 * sampling). Each step goes to s = (1 − γ)·t′ by the guess of x₀ and is noised up to t′; γ is `eta`.
 * Latents are float32 [batch, channels, height, width].
 */
import { mix, scale, type Tensor } from "#inference/tensor.ts";
import { distilledTimesteps } from "./distilled-timesteps.ts";
import { alphaBars } from "./noise-schedule.ts";
import { cleanOf, levelOf, noiseOf } from "./prediction.ts";
import { freshNoise, NO_MEMORY, type Scheduler, type Step } from "./scheduler.ts";
import type { TcdConfig } from "./scheduler-config.ts";

export class TcdScheduler implements Scheduler {
  readonly timesteps: readonly number[];
  readonly initNoiseSigma = 1;
  memory = NO_MEMORY;
  readonly #config: TcdConfig;
  readonly #bars: Float32Array;

  constructor(config: TcdConfig, steps: number) {
    this.#config = config;
    this.#bars = alphaBars(config);
    this.timesteps = distilledTimesteps(config, steps);
  }

  addNoise(clean: Tensor, noise: Tensor, i: number): Tensor {
    const { alpha, sigma } = levelOf(this.#bars[this.timesteps[i]!]!);
    return mix(alpha, clean, sigma, noise);
  }

  scaleInput(sample: Tensor): Tensor {
    return sample;
  }

  step(modelOutput: Tensor, i: number, sample: Tensor, drawNoise?: () => Tensor): Step {
    const { prediction_type: type, eta } = this.#config;
    const level = levelOf(this.#bars[this.timesteps[i]!]!);
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
