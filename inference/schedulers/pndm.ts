/**
 * PNDM: Liu et al. 2022 (arXiv:2202.09778), eq. 9, 12 and 13, as diffusers 0.42 runs it. Stable Diffusion 1.x ships it
 * with `skip_prk_steps`: PLMS from the start, the second step once more (Crowson's variant). Else the first four steps
 * are Runge-Kutta's, of four model calls each. Image-to-image may begin in the middle; unlike the reference, which then
 * lags one level behind, no step is taken twice there. Latents are float32 [batch, channels, height, width].
 */
import { mix, scale, type Tensor } from "#inference/tensor.ts";
import { alphaBars } from "./noise-schedule.ts";
import { cleanOf, levelOf, type NoiseLevel, noiseOf } from "./prediction.ts";
import { recall, type Step } from "./scheduler.ts";
import type { PndmConfig } from "./scheduler-config.ts";
import { checkSteps, roundHalfEven, spacedTimesteps } from "./timesteps.ts";
import { UnitVarianceScheduler } from "./unit-variance.ts";

/** Adams-Bashforth: weights of the present answer and those before it. */
const WEIGHTS = [[1], [3 / 2, -1 / 2], [23 / 12, -16 / 12, 5 / 12], [55 / 24, -59 / 24, 37 / 24, -9 / 24]] as const;
const ORDER = 4;
/** Runge-Kutta: weights of the four calls of a step. */
const RK_WEIGHTS = [1 / 6, 1 / 3, 1 / 3, 1 / 6] as const;

/** Its memory: PLMS: the sample of the first step, then answers, newest first. Runge-Kutta: the step's sample, its sum, answers. */
export class PndmScheduler extends UnitVarianceScheduler {
  readonly timesteps: readonly number[];
  readonly #config: PndmConfig;
  readonly #bars: Float32Array;
  readonly #stride: number;
  /** Calls of the Runge-Kutta steps. */
  readonly #rungeKutta: number;
  /** Calls that only make sense one after the other from the first. */
  readonly #opening: number;

  constructor(config: PndmConfig, steps: number) {
    super();
    checkSteps(steps, config.num_train_timesteps);
    this.#config = config;
    this.#bars = alphaBars(config);
    this.#stride = Math.floor(config.num_train_timesteps / steps);
    const visited = spacedTimesteps(config, steps).map(roundHalfEven);
    if (config.skip_prk_steps) {
      this.#rungeKutta = 0;
      this.#opening = Math.min(2, steps);
      this.timesteps = [...visited.slice(0, 2), ...visited.slice(1)];
    } else {
      const calls = this.#callsFrom(visited.slice(0, ORDER));
      this.#rungeKutta = calls.length;
      this.#opening = calls.length;
      this.timesteps = [...calls, ...visited.slice(3)];
    }
  }

  protected level(i: number): NoiseLevel {
    return levelOf(this.#bars[this.timesteps[i]!]!);
  }

  step(modelOutput: Tensor, i: number, sample: Tensor): Step {
    const clean = cleanOf(this.#config.prediction_type, modelOutput, sample, this.level(i));
    const { taken, tensors } = recall(this.memory, i);
    const remember = (...next: Tensor[]) => {
      this.memory = { next: i + 1, taken: taken + 1, tensors: next };
    };
    const timestep = this.timesteps[i]!;
    if (i < this.#opening && taken !== i) {
      // Begun in the middle of the opening: plain steps from one visited timestep to the next, until it is over.
      remember();
      return { next: this.#between(timestep, this.timesteps[i + 1] ?? -1, sample, modelOutput), clean };
    }
    if (i < this.#rungeKutta) return { next: this.#rungeKuttaCall(modelOutput, i, sample, remember), clean };
    if (this.#config.skip_prk_steps && i === 1) {
      // The first step once more, now by the mean of what the model says at both its ends.
      const [begun, first] = tensors as [Tensor, Tensor];
      const both = mix(0.5, modelOutput, 0.5, first);
      remember(first);
      return { next: this.#between(timestep + this.#stride, timestep, begun, both), clean };
    }
    const answers = [modelOutput, ...(this.#config.skip_prk_steps ? tensors : tensors.slice(-3))].slice(0, ORDER);
    remember(...(this.#config.skip_prk_steps && i === 0 ? [sample, modelOutput] : answers.slice(0, ORDER - 1)));
    const weights = WEIGHTS[answers.length - 1]!;
    const answer = answers.map((part, k) => scale(weights[k]!, part)).reduce((a, b) => mix(1, a, 1, b));
    return { next: this.#between(timestep, timestep - this.#stride, sample, answer), clean };
  }

  #rungeKuttaCall(output: Tensor, i: number, sample: Tensor, remember: (...next: Tensor[]) => void): Tensor {
    const { taken, tensors } = recall(this.memory, i);
    const call = taken % ORDER;
    const half = taken % 2 ? 0 : Math.floor(this.#stride / 2);
    const answers = call === 0 ? [output, ...tensors.slice(2)].slice(0, 3) : tensors.slice(2);
    const begun = call === 0 ? sample : tensors[0]!;
    const sum = call === 0 ? scale(RK_WEIGHTS[0], output) : mix(1, tensors[1]!, RK_WEIGHTS[call]!, output);
    remember(begun, sum, ...answers);
    const from = this.timesteps[i - call]!;
    return this.#between(from, this.timesteps[i]! - half, begun, call === 3 ? sum : output);
  }

  /** Each of the first four visited: there, half a step on (twice), and a whole one on (twice, the next one's begin). */
  #callsFrom(first: readonly number[]): number[] {
    const half = Math.floor(this.#stride / 2);
    const points = [...first].reverse().flatMap((t) => [t, t + half]);
    return points
      .slice(0, -1)
      .flatMap((t) => [t, t])
      .slice(1, -1)
      .reverse();
  }

  /** Eq. 9: from x at one timestep to another along ε. */
  #between(from: number, to: number, sample: Tensor, output: Tensor): Tensor {
    const bar = this.#bars[from]!;
    const nextBar = to >= 0 ? this.#bars[to]! : this.#config.set_alpha_to_one ? 1 : this.#bars[0]!;
    const epsilon = noiseOf(this.#config.prediction_type, output, sample, levelOf(bar));
    const share = bar * Math.sqrt(1 - nextBar) + Math.sqrt(bar * (1 - bar) * nextBar);
    return mix(Math.sqrt(nextBar / bar), sample, -(nextBar - bar) / share, epsilon);
  }
}
