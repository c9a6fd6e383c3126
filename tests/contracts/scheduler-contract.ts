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
};

/** Share of clean latents and of noise in a sample at step i, in the scheduler's own parametrisation. */
const shares = (scheduler: Scheduler, i: number) => ({
  alpha: scheduler.addNoise(one, zero, i).data[0]!,
  sigma: scheduler.addNoise(zero, one, i).data[0]!,
});

/** A model that knows the finished latents, and answers in the way it was trained to. */
function oracle(type: string, scheduler: Scheduler, sample: Tensor, i: number): Tensor {
  const { alpha, sigma } = shares(scheduler, i);
  if (type === "sample") return clean;
  const epsilon = mix(1 / sigma, sample, -alpha / sigma, clean);
  if (type === "epsilon") return epsilon;
  const length = Math.hypot(alpha, sigma);
  return mix(alpha / length, epsilon, -sigma / length, clean);
}

function expectClose(actual: Tensor, wanted: Tensor): void {
  for (const [k, value] of actual.data.entries()) expect(value).toBeCloseTo(wanted.data[k]!, 3);
}

/** What holds for every sampler, whatever its formula. A new scheduler ships by passing this. */
export function schedulerContract(sampler: Sampler) {
  const make = (steps: number, config: object = {}) =>
    makeScheduler(sampler, { ...STABLE_DIFFUSION, ...config }, steps);

  describe(`${sampler} keeps the scheduler contract`, () => {
    it.each([1, 2, 20, 50])("visits %i timesteps, noisiest first", (steps) => {
      const { timesteps } = make(steps);
      expect(timesteps).toHaveLength(steps);
      expect([...timesteps]).toEqual([...timesteps].sort((a, b) => b - a));
    });

    describe.each(["epsilon", "v_prediction", "sample"])("with %s prediction", (prediction_type) => {
      it.each([
        [1, 1],
        [2, 1],
        [20, 1],
        [50, 1],
        [20, 0.3],
        [4, 0.5],
      ])("recovers the clean latents in %i steps at strength %f", (steps, strength) => {
        const scheduler = make(steps, { prediction_type });
        const from = startIndex(steps, strength);
        let sample = scheduler.addNoise(clean, noise, from);
        for (let i = from; i < steps; i++) {
          const stroke = scheduler.step(oracle(prediction_type, scheduler, sample, i), i, sample, () => noise);
          expectClose(stroke.clean, clean);
          sample = stroke.next;
        }
        expectClose(sample, clean);
      });
    });

    it("walks along the line between noise and clean latents", () => {
      const scheduler = make(10);
      for (let i = 0; i < 9; i++) {
        const { next } = scheduler.step(noise, i, scheduler.addNoise(clean, noise, i), () => noise);
        expectClose(next, scheduler.addNoise(clean, noise, i + 1));
      }
    });

    it("shows the model unit variance at every step", () => {
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
      expect(() => make(4, { beta_schedule: "sigmoid" })).toThrow(/INVALID.*scheduler_config\.beta_schedule/);
    });
  });
}
