/**
 * DPM-Solver and DPM-Solver++ of first to third order, multistep: Lu et al. 2022 (arXiv:2206.00927 and 2211.01095,
 * Algorithm 2), and their SDE variants. x = α·x₀ + σ̂·ε, λ = ln(α/σ̂). The ++ ones are linear in the predicted x₀, the
 * others in the predicted ε. Which steps fall back to a lower order is the reference's choice (diffusers 0.42).
 * Latents are float32 [batch, channels, height, width].
 */
import { AriaError } from "#contracts/errors.ts";
import { mix, type Tensor } from "#inference/tensor.ts";
import { cleanOf, type NoiseLevel, noiseFrom, noiseOf } from "./prediction.ts";
import { freshNoise, recall, type Step } from "./scheduler.ts";
import type { DpmSolverConfig } from "./scheduler-config.ts";
import { type SolverSchedule, shifted, solverSchedule } from "./solver-schedule.ts";
import { threshold } from "./thresholding.ts";
import { linspace, roundHalfEven } from "./timesteps.ts";
import { UnitVarianceScheduler } from "./unit-variance.ts";

/** Below this many steps the higher orders are unstable at the end (lower_order_final). */
const FEW_STEPS = 15;

/** Its memory: former predictions of what the algorithm is linear in, newest first. */
export class DpmSolverScheduler extends UnitVarianceScheduler {
  readonly timesteps: readonly number[];
  readonly #config: DpmSolverConfig;
  readonly #schedule: SolverSchedule;
  readonly #isStochastic: boolean;
  readonly #fromClean: boolean;

  constructor(config: DpmSolverConfig, steps: number) {
    super();
    this.#config = config;
    this.#isStochastic = config.algorithm_type.startsWith("sde-");
    this.#fromClean = config.algorithm_type.endsWith("++");
    if (!this.#fromClean && config.final_sigmas_type === "zero")
      throw refused("final_sigmas_type", `must be sigma_min for ${config.algorithm_type}`);
    if (config.algorithm_type === "sde-dpmsolver" && config.solver_order === 3)
      throw refused("solver_order", "must be 1 or 2 for sde-dpmsolver");
    this.#schedule = solverSchedule(config, steps, {
      // Whole timesteps, for the model was trained on those. The reference rounds some levels and cuts the others.
      rounding: roundsLevels(config) ? roundHalfEven : Math.trunc,
      last: (table) => table.filter((sigma) => -Math.log(sigma) >= config.lambda_min_clipped).length,
      flow: (count) => flowLevelsFromNought(config, count),
      end: (table) => table[0]!,
    });
    this.timesteps = this.#schedule.timesteps;
  }

  protected level(i: number): NoiseLevel {
    return this.#schedule.level(i);
  }

  step(modelOutput: Tensor, i: number, sample: Tensor, drawNoise?: () => Tensor): Step {
    const { clean, linearIn } = this.#predict(modelOutput, i, sample);
    const { taken, tensors } = recall(this.memory, i);
    this.memory = {
      next: i + 1,
      taken: taken + 1,
      tensors: [linearIn, ...tensors].slice(0, this.#config.solver_order),
    };
    const order = Math.min(this.#orderAt(i), tensors.length + 1);
    const next = this.#ahead(i, sample, [linearIn, ...tensors].slice(0, order));
    if (!this.#isStochastic) return { next, clean };
    return { next: mix(1, next, this.#noiseShare(i), freshNoise("an SDE solver", drawNoise)), clean };
  }

  #predict(output: Tensor, i: number, sample: Tensor): { clean: Tensor; linearIn: Tensor } {
    const { prediction_type: type, thresholding } = this.#config;
    const level = this.level(i);
    const predicted = cleanOf(type, output, sample, level);
    const clean = thresholding ? threshold(predicted, this.#config) : predicted;
    if (this.#fromClean) return { clean, linearIn: clean };
    return { clean, linearIn: thresholding ? noiseFrom(clean, sample, level) : noiseOf(type, output, sample, level) };
  }

  /** The deterministic part of a step, of as high an order as there are predictions. */
  #ahead(i: number, sample: Tensor, [m0, m1, m2]: readonly Tensor[]): Tensor {
    const { kept, weights, width } = this.#coefficients(i);
    const first = mix(kept, sample, weights[0], m0!);
    if (!m1) return first;
    const r0 = (this.#schedule.lambda(i) - this.#schedule.lambda(i - 1)) / width;
    const slope = mix(1 / r0, m0!, -1 / r0, m1);
    if (!m2) return mix(1, first, this.#config.solver_type === "midpoint" ? weights[0] / 2 : weights[1], slope);
    const r1 = (this.#schedule.lambda(i - 1) - this.#schedule.lambda(i - 2)) / width;
    const bend = mix(1, slope, -1, mix(1 / r1, m1, -1 / r1, m2));
    const rising = mix(1, slope, r0 / (r0 + r1), bend);
    return mix(1, mix(1, first, weights[1], rising), weights[2] / (r0 + r1), bend);
  }

  /** What of the sample stays, and what the prediction, its first and its second difference count for. */
  #coefficients(i: number): { kept: number; weights: [number, number, number]; width: number } {
    const [now, then] = [this.level(i), this.level(i + 1)];
    const width = this.#schedule.lambda(i + 1) - this.#schedule.lambda(i);
    // Noise is let go of twice as fast where it is drawn afresh.
    const rate = this.#isStochastic ? 2 : 1;
    if (this.#fromClean) {
      const h = rate * width;
      const shrink = Math.expm1(-h);
      // The reference's third order has another sign in its SDE variant; it is followed there too.
      const half = this.#isStochastic ? 0.5 : -0.5;
      const weights = [-shrink, shrink / h + 1, -((shrink + h) / h ** 2 + half)] as const;
      const kept = (then.sigma / now.sigma) * (this.#isStochastic ? Math.exp(-width) : 1);
      return { kept, weights: weights.map((w) => then.alpha * w) as [number, number, number], width };
    }
    const growth = Math.expm1(width);
    const weights = [-growth, -(growth / width - 1), -((growth - width) / width ** 2 - 0.5)] as const;
    const share = rate * then.sigma;
    return { kept: then.alpha / now.alpha, weights: weights.map((w) => share * w) as [number, number, number], width };
  }

  #noiseShare(i: number): number {
    const width = this.#schedule.lambda(i + 1) - this.#schedule.lambda(i);
    const { sigma } = this.level(i + 1);
    return sigma * Math.sqrt(this.#fromClean ? -Math.expm1(-2 * width) : Math.expm1(2 * width));
  }

  #orderAt(i: number): number {
    const { euler_at_final, lower_order_final, final_sigmas_type, solver_order } = this.#config;
    const steps = this.timesteps.length;
    const isCareful = lower_order_final && steps < FEW_STEPS;
    if (i === steps - 1 && (euler_at_final || isCareful || final_sigmas_type === "zero")) return 1;
    return i === steps - 2 && isCareful ? Math.min(solver_order, 2) : solver_order;
  }
}

const refused = (key: string, reason: string): AriaError<"INVALID"> =>
  new AriaError("INVALID", { field: `scheduler_config.${key}`, reason });

const roundsLevels = ({ use_karras_sigmas, use_lu_lambdas, beta_schedule }: DpmSolverConfig): boolean =>
  (use_karras_sigmas || use_lu_lambdas) && beta_schedule !== "squaredcos_cap_v2";

/** DPM-Solver counts 1 − (1 … 1 / train steps) and leaves out the first: nearly the levels UniPC has. */
function flowLevelsFromNought({ num_train_timesteps, flow_shift }: DpmSolverConfig, steps: number): number[] {
  return linspace(1, 1 / num_train_timesteps, steps + 1)
    .map((alpha) => shifted(1 - alpha, flow_shift))
    .reverse()
    .slice(0, -1);
}
