/**
 * Euler sampler for the probability-flow ODE: Karras et al. 2022 (arXiv:2206.00364), Algorithm 2
 * without churn, variance-exploding parametrisation: x = x₀ + σ·ε.
 *
 * Latents are float32 [batch, 4, height / 8, width / 8]; σ is unitless.
 */
import { mix, scale, type Tensor } from "#inference/tensor.ts";
import { alphaBarsAboveZero, sigmasOf } from "./noise-schedule.ts";
import type { Scheduler, Step } from "./scheduler.ts";
import type { EulerConfig } from "./scheduler-config.ts";
import { sigmaAt, sigmaLadder, timestepAt } from "./sigma-ladder.ts";
import { checkSteps, spacedTimesteps } from "./timesteps.ts";

export class EulerScheduler implements Scheduler {
  readonly timesteps: readonly number[];
  readonly initNoiseSigma: number;
  readonly #config: EulerConfig;
  /** [steps + 1], decreasing. */
  readonly #sigmas: Float32Array;

  constructor(config: EulerConfig, steps: number) {
    checkSteps(steps, config.num_train_timesteps);
    this.#config = config;
    const table = sigmasOf(alphaBarsAboveZero(config));
    const timesteps = spacedTimesteps(config, steps).map(Math.fround);
    const levels = timesteps.map((t) => sigmaAt(table, t));
    const ladder = sigmaLadder(config, levels[0]!, levels.at(-1)!, steps);
    this.timesteps = ladder ? ladder.map((sigma) => Math.fround(timestepAt(table, sigma))) : timesteps;
    this.#sigmas = Float32Array.of(...(ladder ?? levels), config.final_sigmas_type === "zero" ? 0 : table[0]!);
    const widest = this.#sigmas[0]!;
    this.initNoiseSigma = config.timestep_spacing === "leading" ? Math.hypot(widest, 1) : widest;
  }

  addNoise(clean: Tensor, noise: Tensor, i: number): Tensor {
    return mix(1, clean, this.#sigmas[i]!, noise);
  }

  scaleInput(sample: Tensor, i: number): Tensor {
    return scale(1 / Math.hypot(this.#sigmas[i]!, 1), sample);
  }

  step(modelOutput: Tensor, i: number, sample: Tensor): Step {
    const [sigma, nextSigma] = [this.#sigmas[i]!, this.#sigmas[i + 1]!];
    const clean = this.#cleanOf(modelOutput, sample, sigma);
    // x + (σ′ − σ)·(x − x₀)/σ, gathered so that nothing is subtracted from its like.
    const kept = nextSigma / sigma;
    return { next: mix(kept, sample, 1 - kept, clean), clean };
  }

  #cleanOf(output: Tensor, sample: Tensor, sigma: number): Tensor {
    switch (this.#config.prediction_type) {
      case "epsilon":
        return mix(1, sample, -sigma, output);
      case "v_prediction":
        return mix(1 / (sigma ** 2 + 1), sample, -sigma / Math.hypot(sigma, 1), output);
      case "sample":
        return output;
    }
  }
}
