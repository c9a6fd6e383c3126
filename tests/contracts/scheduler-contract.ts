import { describe, expect, it } from "vitest";
import type { Sampler } from "#contracts/generation.ts";
import { makeScheduler } from "#inference/schedulers/make-scheduler.ts";
import { type Scheduler, startIndex } from "#inference/schedulers/scheduler.ts";
import { mix, scale, type Tensor } from "#inference/tensor.ts";

const tensor = (...data: number[]): Tensor => ({ data: Float32Array.from(data), dims: [1, 1, 1, data.length] });
const clean = tensor(-1.5, -0.2, 0.7, 2);
const noise = tensor(0.3, -1.1, 0.9, -0.4);
const zero = tensor(0, 0, 0, 0);
const one = tensor(1, 1, 1, 1);

const STABLE_DIFFUSION = {
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: "scaled_linear",
  timestep_spacing: "trailing",
  clip_sample: false,
  set_alpha_to_one: true,
  skip_prk_steps: true,
};

/** Share of clean latents and of noise in a sample at step i, in the scheduler's own parametrisation. */
const shares = (scheduler: Scheduler, i: number) => ({
  alpha: scheduler.addNoise(one, zero, i).data[0]!,
  sigma: scheduler.addNoise(zero, one, i).data[0]!,
});

/** What a model that knows both would answer, in the way it was trained to. */
function answerOf(type: string, x0: Tensor, epsilon: Tensor, { alpha, sigma }: ReturnType<typeof shares>): Tensor {
  if (type === "sample") return x0;
  if (type === "epsilon") return epsilon;
  if (type === "flow_prediction") return mix(1, epsilon, -1, x0);
  const length = Math.hypot(alpha, sigma);
  return mix(alpha / length, epsilon, -sigma / length, x0);
}

/** A model that knows the finished latents, asked about a sample. */
function oracle(type: string, scheduler: Scheduler, sample: Tensor, i: number): Tensor {
  const level = shares(scheduler, i);
  const epsilon = mix(1 / level.sigma, sample, -level.alpha / level.sigma, clean);
  return answerOf(type, clean, epsilon, level);
}

function expectClose(actual: Tensor, wanted: Tensor): void {
  for (const [k, value] of actual.data.entries()) expect(value).toBeCloseTo(wanted.data[k]!, 3);
}

interface Traits {
  readonly predictions?: readonly string[];
  /** Timesteps visited in so many steps. */
  readonly visits?: (steps: number) => number;
  /** A setting it has no arithmetic for. */
  readonly unknown?: Readonly<Record<string, unknown>>;
  /** Samples keep unit variance, in the model's eyes, at every step. */
  readonly keepsVariance?: boolean;
  /** Nothing of the noise is left at the end. */
  readonly endsClean?: boolean;
}

/** What holds for every sampler, whatever its formula. A new scheduler ships by passing this. */
export function schedulerContract(sampler: Sampler, traits: Traits = {}) {
  const {
    predictions = ["epsilon", "v_prediction", "sample"],
    visits = (steps) => steps,
    unknown = { beta_schedule: "sigmoid" },
    keepsVariance = true,
    endsClean = true,
  } = traits;
  const make = (steps: number, config: object = {}) =>
    makeScheduler(sampler, { ...STABLE_DIFFUSION, prediction_type: predictions[0], ...config }, steps);

  describe(`${sampler} keeps the scheduler contract`, () => {
    it.each([1, 2, 20, 50])("visits the timesteps of %i steps, noisiest first", (steps) => {
      const { timesteps } = make(steps);
      expect(timesteps).toHaveLength(visits(steps));
      expect([...timesteps]).toEqual([...timesteps].sort((a, b) => b - a));
    });

    describe.each(predictions)("with %s prediction", (prediction_type) => {
      it.each([
        [1, 1],
        [2, 1],
        [20, 1],
        [50, 1],
        [20, 0.3],
        [20, 0.95],
        [4, 0.5],
      ])("recovers the clean latents in %i steps at strength %f", (steps, strength) => {
        const scheduler = make(steps, { prediction_type });
        const from = startIndex(scheduler.timesteps.length, strength);
        let sample = scheduler.addNoise(clean, noise, from);
        for (let i = from; i < scheduler.timesteps.length; i++) {
          const stroke = scheduler.step(oracle(prediction_type, scheduler, sample, i), i, sample, () => noise);
          expectClose(stroke.clean, clean);
          sample = stroke.next;
        }
        if (endsClean) expectClose(sample, clean);
      });
    });

    it("goes from each level to the next: as much of the picture, and of noise, old and fresh", () => {
      const along = (x0: Tensor, epsilon: Tensor, fresh: Tensor) => {
        const scheduler = make(10);
        return Array.from({ length: scheduler.timesteps.length - 1 }, (_, i) => {
          const level = shares(scheduler, i);
          const answer = answerOf(predictions[0]!, x0, epsilon, level);
          const { next } = scheduler.step(answer, i, scheduler.addNoise(x0, epsilon, i), () => fresh);
          return { moved: next.data[0]!, ...shares(scheduler, i + 1) };
        });
      };
      const [picture, old, fresh] = [along(one, zero, zero), along(zero, one, zero), along(zero, zero, one)];
      for (const [i, { moved, alpha, sigma }] of picture.entries()) {
        expect(moved).toBeCloseTo(alpha, 4);
        expect(Math.hypot(old[i]!.moved, fresh[i]!.moved) / sigma).toBeCloseTo(1, 4);
      }
    });

    it("goes on from its memory as if it had never stopped", () => {
      const [whole, first, second] = [make(10), make(10), make(10)];
      let [sample, again] = [noise, noise];
      for (let i = 0; i < whole.timesteps.length; i++) {
        const output = (of: Tensor) => mix(0.3, of, 0.1 * i, clean);
        if (i === 5) second.memory = structuredClone(first.memory);
        sample = whole.step(output(sample), i, sample, () => noise).next;
        again = (i < 5 ? first : second).step(output(again), i, again, () => noise).next;
      }
      expect(again.data).toEqual(sample.data);
    });

    it.runIf(keepsVariance)("shows the model unit variance at every step", () => {
      const scheduler = make(10);
      for (let i = 0; i < 10; i++) {
        const { alpha, sigma } = shares(scheduler, i);
        expect(Math.hypot(alpha, sigma) * scheduler.scaleInput(one, i).data[0]!).toBeCloseTo(1, 5);
      }
      expect(shares(scheduler, 0).sigma).toBeCloseTo(scheduler.initNoiseSigma, 2);
    });

    it("does not touch its inputs", () => {
      const [sample, output] = [tensor(1, 2, 3, 4), scale(1, noise)];
      make(4).step(output, 0, sample, () => noise);
      expect([...sample.data]).toEqual([1, 2, 3, 4]);
      expect(output.data).toEqual(noise.data);
    });

    it.each([0, -1, 2.5, 1001])("refuses %f steps, and names the limit", (steps) => {
      expect(() => make(steps)).toThrow(/INVALID.*"steps".*from 1 to \d+/);
    });

    it("refuses a setting it has no arithmetic for, and names it", () => {
      const [key] = Object.keys(unknown);
      expect(() => make(4, unknown)).toThrow(new RegExp(`INVALID.*scheduler_config\\.${key}`));
    });
  });
}
