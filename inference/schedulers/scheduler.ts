import type { Tensor } from "#inference/tensor.ts";

/** Drives one denoising run. Built for it, thrown away after it: no reset, no hidden step counter. */
export interface Scheduler {
  /** Training timesteps to visit, noisiest first. Fractional for Euler. */
  readonly timesteps: readonly number[];
  /** What unit Gaussian latents are multiplied by before the first step. */
  readonly initNoiseSigma: number;
  /** Clean latents brought to the noise level of step i: where image-to-image starts. */
  addNoise(clean: Tensor, noise: Tensor, i: number): Tensor;
  /** The sample as the U-Net expects to see it at step i. */
  scaleInput(sample: Tensor, i: number): Tensor;
  /**
   * From noise level i to i + 1. `sample` is unscaled; `modelOutput` is whatever the model was trained to predict.
   * `drawNoise` gives unit Gaussian noise of the sample's shape; only samplers that are stochastic call it.
   */
  step(modelOutput: Tensor, i: number, sample: Tensor, drawNoise?: () => Tensor): Step;
}

export interface Step {
  readonly next: Tensor;
  /** The present guess of the finished latents x₀, in the space the VAE decodes: what a preview shows. */
  readonly clean: Tensor;
}

/**
 * The step at which image-to-image starts: `strength` 1 paints all steps, 0.5 the last half (diffusers' get_timesteps).
 * Unlike the reference, at least one step is always painted; a strength too small for the step count is not an error.
 */
export function startIndex(steps: number, strength: number): number {
  return steps - Math.min(Math.max(Math.floor(steps * strength), 1), steps);
}
