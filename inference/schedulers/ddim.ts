/**
 * Deterministic DDIM (η = 0): Song et al. 2021 (arXiv:2010.02502), eq. 12. x = √ᾱ·x₀ + √(1 − ᾱ)·ε.
 * Latents are float32 [batch, 4, height / 8, width / 8].
 */
import { clamp, mix, type Tensor } from "#inference/tensor.ts";
import { alphaBars } from "./noise-schedule.ts";
import { cleanOf, levelOf, noiseOf } from "./prediction.ts";
import type { Scheduler, Step } from "./scheduler.ts";
import type { DdimConfig } from "./scheduler-config.ts";
import { checkSteps, roundHalfEven, spacedTimesteps } from "./timesteps.ts";

/** Classes that clip unless told otherwise; a latent model's file of another class means no clipping by its silence. */
const CLIPPING_CLASSES = ["DDIMScheduler", "DDPMScheduler"];

export class DdimScheduler implements Scheduler {
  readonly timesteps: readonly number[];
  readonly initNoiseSigma = 1;
  readonly #config: DdimConfig;
  readonly #bars: Float32Array;
  /** Training steps between two visited ones. The spacings need not agree with it, and the reference goes by it. */
  readonly #stride: number;
  readonly #clips: boolean;

  constructor(config: DdimConfig, steps: number) {
    checkSteps(steps, config.num_train_timesteps);
    this.#config = config;
    this.#bars = alphaBars(config);
    this.#stride = Math.floor(config.num_train_timesteps / steps);
    this.#clips = config.clip_sample ?? CLIPPING_CLASSES.includes(config._class_name ?? "");
    this.timesteps = spacedTimesteps(config, steps).map(roundHalfEven);
  }

  addNoise(clean: Tensor, noise: Tensor, i: number): Tensor {
    const { alpha, sigma } = levelOf(this.#bars[this.timesteps[i]!]!);
    return mix(alpha, clean, sigma, noise);
  }

  scaleInput(sample: Tensor): Tensor {
    return sample;
  }

  step(modelOutput: Tensor, i: number, sample: Tensor): Step {
    const { prediction_type: type, clip_sample_range } = this.#config;
    const timestep = this.timesteps[i]!;
    const level = levelOf(this.#bars[timestep]!);
    const predicted = cleanOf(type, modelOutput, sample, level);
    const clean = this.#clips ? clamp(predicted, clip_sample_range) : predicted;
    // The noise is not recomputed from the clipped x₀: the reference does so only when asked to.
    const noise = noiseOf(type, modelOutput, sample, level);
    const next = levelOf(this.#barAt(timestep - this.#stride));
    return { next: mix(next.alpha, clean, next.sigma, noise), clean };
  }

  #barAt(timestep: number): number {
    if (timestep >= 0) return this.#bars[timestep]!;
    return this.#config.set_alpha_to_one ? 1 : this.#bars[0]!;
  }
}
