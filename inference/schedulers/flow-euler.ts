/**
 * Euler along the straight paths of flow matching: Esser et al. 2024 (arXiv:2403.03206). x = (1 − σ)·x₀ + σ·ε and the
 * model predicts v = ε − x₀. Levels as FlowMatchEulerDiscreteScheduler of diffusers 0.42 counts them: the ends are
 * shifted when it is made and again with the rest. Latents are float32 [batch, channels, height, width].
 */
import { AriaError } from "#contracts/errors.ts";
import { mix, type Tensor } from "#inference/tensor.ts";
import { levelOfFlow, type NoiseLevel } from "./prediction.ts";
import { freshNoise, type Step } from "./scheduler.ts";
import type { FlowEulerConfig } from "./scheduler-config.ts";
import { sigmaLadder } from "./sigma-ladder.ts";
import { shifted } from "./solver-schedule.ts";
import { checkSteps, linspace } from "./timesteps.ts";
import { UnitVarianceScheduler } from "./unit-variance.ts";

export class FlowEulerScheduler extends UnitVarianceScheduler {
  readonly timesteps: readonly number[];
  readonly #config: FlowEulerConfig;
  /** [steps + 1], decreasing to 0. */
  readonly #sigmas: Float32Array;

  constructor(config: FlowEulerConfig, steps: number) {
    super();
    checkSteps(steps, config.num_train_timesteps);
    this.#config = config;
    const levels = stretched(config, shiftedLevels(config, steps));
    const ladder = sigmaLadder(config, levels[0]!, levels.at(-1)!, steps);
    this.#sigmas = Float32Array.of(...(ladder ?? levels), 0);
    this.timesteps = [...this.#sigmas.subarray(0, steps)].map((s) => Math.fround(s * config.num_train_timesteps));
  }

  protected level(i: number): NoiseLevel {
    return levelOfFlow(this.#sigmas[i]!);
  }

  step(modelOutput: Tensor, i: number, sample: Tensor, drawNoise?: () => Tensor): Step {
    const [sigma, nextSigma] = [this.#sigmas[i]!, this.#sigmas[i + 1]!];
    const clean = mix(1, sample, -sigma, modelOutput);
    if (!this.#config.stochastic_sampling) return { next: mix(1, sample, nextSigma - sigma, modelOutput), clean };
    return { next: mix(1 - nextSigma, clean, nextSigma, freshNoise("stochastic_sampling", drawNoise)), clean };
  }
}

function shiftedLevels(config: FlowEulerConfig, steps: number): number[] {
  const { num_train_timesteps: train, shift, use_dynamic_shifting, mu, time_shift_type } = config;
  const end = (sigma: number) => Math.fround(use_dynamic_shifting ? sigma : shifted(sigma, shift));
  const levels = linspace(end(1) * train, end(1 / train) * train, steps).map((t) => t / train);
  if (!use_dynamic_shifting) return levels.map((sigma) => shifted(sigma, shift));
  if (mu === undefined)
    throw new AriaError("INVALID", { field: "scheduler_config.mu", reason: "must be given with use_dynamic_shifting" });
  const strength = time_shift_type === "exponential" ? Math.exp(mu) : mu;
  return levels.map((sigma) => strength / (strength + 1 / sigma - 1));
}

/** So that the last level is `shift_terminal`. */
function stretched({ shift_terminal }: FlowEulerConfig, levels: number[]): number[] {
  if (!shift_terminal) return levels;
  const stretch = (1 - levels.at(-1)!) / (1 - shift_terminal);
  return levels.map((sigma) => 1 - (1 - sigma) / stretch);
}
