/**
 * DPM-Solver++(2M): Lu et al. 2022 (arXiv:2211.01095), Algorithm 2, x₀-prediction. x = α·x₀ + σ̂·ε, α = 1/√(1 + σ²),
 * σ̂ = σ·α, λ = ln(α/σ̂) = −ln σ. Which steps fall back to first order is the reference's choice (diffusers 0.40).
 * Latents are float32 [batch, 4, height / 8, width / 8].
 */
import { mix, type Tensor } from "#inference/tensor.ts";
import { alphaBarsAboveZero, sigmasOf } from "./noise-schedule.ts";
import { cleanOf, levelOfSigma, type NoiseLevel } from "./prediction.ts";
import type { Scheduler, Step } from "./scheduler.ts";
import type { Dpmpp2mConfig } from "./scheduler-config.ts";
import { sigmaAt, sigmaLadder, timestepAt } from "./sigma-ladder.ts";
import { checkSteps, roundHalfEven, spacedTimesteps } from "./timesteps.ts";

/** Below this many steps the second order is unstable at the end (lower_order_final). */
const FEW_STEPS = 15;

export class Dpmpp2mScheduler implements Scheduler {
  readonly timesteps: readonly number[];
  readonly initNoiseSigma = 1;
  readonly #config: Dpmpp2mConfig;
  /** [steps + 1], decreasing. */
  readonly #sigmas: Float32Array;
  /** The guess of the step before, and which step that was: a run that starts in the middle has none, and warms up. */
  #before: { readonly i: number; readonly clean: Tensor } | null = null;

  constructor(config: Dpmpp2mConfig, steps: number) {
    checkSteps(steps, config.num_train_timesteps);
    this.#config = config;
    const table = sigmasOf(alphaBarsAboveZero(config));
    const ladder = sigmaLadder(config, table.at(-1)!, table[0]!, steps);
    this.timesteps = ladder ? ladderTimesteps(config, table, ladder) : plainTimesteps(config, table, steps);
    const levels = ladder ?? this.timesteps.map((t) => sigmaAt(table, t));
    this.#sigmas = Float32Array.of(...levels, config.final_sigmas_type === "zero" ? 0 : table[0]!);
  }

  addNoise(clean: Tensor, noise: Tensor, i: number): Tensor {
    const { alpha, sigma } = this.#level(i);
    return mix(alpha, clean, sigma, noise);
  }

  scaleInput(sample: Tensor): Tensor {
    return sample;
  }

  step(modelOutput: Tensor, i: number, sample: Tensor): Step {
    const [now, then] = [this.#level(i), this.#level(i + 1)];
    const clean = cleanOf(this.#config.prediction_type, modelOutput, sample, now);
    const before = this.#before?.i === i - 1 ? this.#before.clean : null;
    this.#before = { i, clean };

    const width = this.#lambda(i + 1) - this.#lambda(i);
    const shrink = Math.expm1(-width);
    const first = mix(then.sigma / now.sigma, sample, -then.alpha * shrink, clean);
    if (!before || this.#endsInFirstOrder(i)) return { next: first, clean };

    const ratio = (this.#lambda(i) - this.#lambda(i - 1)) / width;
    const bend = this.#config.solver_type === "midpoint" ? -0.5 * shrink : shrink / width + 1;
    const slope = mix(1 / ratio, clean, -1 / ratio, before);
    return { next: mix(1, first, then.alpha * bend, slope), clean };
  }

  #endsInFirstOrder(i: number): boolean {
    const { euler_at_final, lower_order_final, final_sigmas_type } = this.#config;
    const steps = this.timesteps.length;
    if (i !== steps - 1) return false;
    return euler_at_final || (lower_order_final && steps < FEW_STEPS) || final_sigmas_type === "zero";
  }

  #level(i: number): NoiseLevel {
    return levelOfSigma(this.#sigmas[i]!);
  }

  #lambda(i: number): number {
    return -Math.log(this.#sigmas[i]!);
  }
}

/** The last point of linspace and leading is left out: it would be timestep 0, where nothing is left to do. */
function plainTimesteps(config: Dpmpp2mConfig, sigmas: Float32Array, steps: number): number[] {
  const last = sigmas.filter((sigma) => -Math.log(sigma) >= config.lambda_min_clipped).length;
  if (config.timestep_spacing === "trailing") return spacedTimesteps(config, steps, last);
  return spacedTimesteps(config, steps + 1, last)
    .slice(0, -1)
    .map(roundHalfEven);
}

/** Whole timesteps, for the model was trained on those. The reference rounds Karras' levels and cuts the others. */
function ladderTimesteps(config: Dpmpp2mConfig, sigmas: Float32Array, ladder: readonly number[]): number[] {
  const rounds = config.use_karras_sigmas && config.beta_schedule !== "squaredcos_cap_v2";
  return ladder.map((sigma) => (rounds ? roundHalfEven : Math.trunc)(timestepAt(sigmas, sigma)));
}
