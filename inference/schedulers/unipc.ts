/**
 * UniPC: Zhao et al. 2023 (arXiv:2302.04867), Algorithms 1-2, B(h) variants, orders 1 to 3: each step is predicted, and
 * corrected once the model has been asked there. x = α·x₀ + σ̂·ε. Orders at the ends are the reference's (diffusers 0.42).
 * Latents are float32 [batch, channels, height, width].
 */
import { mix, type Tensor } from "#inference/tensor.ts";
import { cleanOf, type NoiseLevel, noiseOf } from "./prediction.ts";
import { recall, type Step } from "./scheduler.ts";
import type { UniPcConfig } from "./scheduler-config.ts";
import { flowLevels, type SolverSchedule, solverSchedule } from "./solver-schedule.ts";
import { threshold } from "./thresholding.ts";
import { roundHalfEven } from "./timesteps.ts";
import { UnitVarianceScheduler } from "./unit-variance.ts";

const f32 = Math.fround;
/** Pure noise has no log of its signal. */
const LEAST_SIGNAL = 1e-6;

/** Its memory: the sample the last step was predicted from, then former predictions, newest first. */
export class UniPcScheduler extends UnitVarianceScheduler {
  readonly timesteps: readonly number[];
  readonly #config: UniPcConfig;
  readonly #schedule: SolverSchedule;

  constructor(config: UniPcConfig, steps: number) {
    super();
    this.#config = config;
    this.#schedule = solverSchedule(config, steps, {
      rounding: config.use_karras_sigmas ? roundHalfEven : Math.trunc,
      last: (table) => table.length,
      flow: (count) =>
        flowLevels(config, count).map((sigma, i) => (i === 0 ? Math.min(sigma, 1 - LEAST_SIGNAL) : sigma)),
      end: (table, levels) => levels?.at(-1) ?? table[0]!,
    });
    this.timesteps = this.#schedule.timesteps;
  }

  protected level(i: number): NoiseLevel {
    return this.#schedule.level(i);
  }

  step(modelOutput: Tensor, i: number, sample: Tensor): Step {
    const { prediction_type: type, predict_x0, thresholding, solver_order, disable_corrector } = this.#config;
    const level = this.level(i);
    const predicted = cleanOf(type, modelOutput, sample, level);
    const clean = thresholding && predict_x0 ? threshold(predicted, this.#config) : predicted;
    const answer = predict_x0 ? clean : noiseOf(type, modelOutput, sample, level);
    const { taken, tensors } = recall(this.memory, i);
    const [from, ...before] = tensors;
    const corrected =
      from && !disable_corrector.includes(i - 1)
        ? this.#update(i - 1, from, before.slice(0, this.#orderAt(i - 1, before.length)), answer)
        : sample;
    const answers = [answer, ...before].slice(0, solver_order);
    this.memory = { next: i + 1, taken: taken + 1, tensors: [corrected, ...answers] };
    const next = this.#update(i, corrected, answers.slice(0, this.#orderAt(i, answers.length)), null);
    return { next, clean };
  }

  #orderAt(i: number, known: number): number {
    const { solver_order, lower_order_final } = this.#config;
    return Math.min(lower_order_final ? Math.min(solver_order, this.timesteps.length - i) : solver_order, known);
  }

  /** From level i to i + 1 by the answers up to i, newest first; `there` is the one at i + 1, where it is corrected. */
  #update(i: number, sample: Tensor, [m0, ...before]: readonly Tensor[], there: Tensor | null): Tensor {
    const [now, then] = [this.level(i), this.level(i + 1)];
    const { lambda } = this.#schedule;
    const width = f32(lambda(i + 1) - lambda(i));
    const { predict_x0 } = this.#config;
    const share = predict_x0 ? then.alpha : then.sigma;
    const kept = predict_x0 ? then.sigma / now.sigma : then.alpha / now.alpha;
    const hh = predict_x0 ? -width : width;
    const apart = before.map((_, k) => (lambda(i - 1 - k) - lambda(i)) / width);
    const weights = this.#weights(hh, there ? [...apart, 1] : apart, before.length + 1);
    const scale = this.#config.solver_type === "bh1" ? hh : Math.expm1(hh);
    let next = mix(kept, sample, -share * f32(Math.expm1(hh)), m0!);
    const add = (weight: number, answer: Tensor) => {
      next = mix(1, next, -share * scale * weight, mix(1, answer, -1, m0!));
    };
    for (const [k, answer] of before.entries()) add(weights[k]! / apart[k]!, answer);
    if (there) add(weights.at(-1)!, there);
    return next;
  }

  /** The ρ of the paper, one a point: from the conditions that make the step exact for polynomials. */
  #weights(hh: number, points: readonly number[], order: number): number[] {
    if (points.length === 0) return [];
    // The reference has these two written out: ρ = ½ whatever B(h) is.
    const isCorrector = points.at(-1) === 1;
    if ((isCorrector && order === 1) || (!isCorrector && order === 2)) return [0.5];
    const growth = this.#config.solver_type === "bh1" ? hh : Math.expm1(hh);
    let phi = Math.expm1(hh) / hh - 1;
    let factorial = 1;
    const wanted = points.map((_, k) => {
      const value = (phi * factorial) / growth;
      factorial *= k + 2;
      phi = phi / hh - 1 / factorial;
      return value;
    });
    return solve(
      points.map((_, power) => points.map((point) => point ** power)),
      wanted,
    );
  }
}

/** Gaussian elimination with partial pivoting; at most 3 x 3. */
function solve(matrix: readonly (readonly number[])[], wanted: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, wanted[i]!]);
  for (let column = 0; column < rows.length; column++) {
    const pivot = rows
      .slice(column)
      .reduce((best, row) => (Math.abs(row[column]!) > Math.abs(best[column]!) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (const [i, row] of rows.entries()) {
      if (i === column) continue;
      const share = row[column]! / pivot[column]!;
      for (let k = column; k < row.length; k++) row[k] = row[k]! - share * pivot[k]!;
    }
  }
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}
