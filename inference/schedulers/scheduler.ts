import { AriaError } from "#contracts/errors.ts";
import type { Tensor } from "#inference/tensor.ts";

/** Drives one denoising run. Built for it, thrown away after it. */
export interface Scheduler {
  /** Training timesteps to visit, noisiest first. Fractional for Euler; PNDM visits some twice. */
  readonly timesteps: readonly number[];
  /** What unit Gaussian latents are multiplied by before the first step. */
  readonly initNoiseSigma: number;
  /** What a multistep sampler knows of the steps before: with the sample, all that a run goes on from. Plain data. */
  memory: Memory;
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

export interface Memory {
  /** The step it was left for: at any other it counts for nothing, and the sampler warms up anew. */
  readonly next: number;
  /** Steps taken so far. */
  readonly taken: number;
  /** In an order of the sampler's own. */
  readonly tensors: readonly Tensor[];
}

export const NO_MEMORY: Memory = { next: -1, taken: 0, tensors: [] };

/** What is remembered at step i, or nothing. */
export const recall = (memory: Memory, i: number): Memory => (memory.next === i ? memory : NO_MEMORY);

/** Throws INVALID where a stochastic sampler was given no source of noise. */
export function freshNoise(sampler: string, drawNoise: (() => Tensor) | undefined): Tensor {
  if (!drawNoise)
    throw new AriaError("INVALID", { field: "drawNoise", reason: `must be given: ${sampler} is stochastic` });
  return drawNoise();
}

/**
 * The step at which image-to-image starts: `strength` 1 paints all steps, 0.5 the last half (diffusers' get_timesteps).
 * Unlike the reference, at least one step is always painted; a strength too small for the step count is not an error.
 */
export function startIndex(steps: number, strength: number): number {
  return steps - Math.min(Math.max(Math.floor(steps * strength), 1), steps);
}
