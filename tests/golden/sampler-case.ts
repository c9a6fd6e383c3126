/**
 * One reference run of a sampler, and how far ours is from it. The loop is that of the reference's own scheduler
 * tests: N = 768, S of shape [4, 3, 8, 8] with S[b,c,y,x] = (((c·8 + y)·8 + x)·4 + b) / N, model(x, t) = x·t/(t + 1).
 */
import { z } from "zod";
import type { Sampler } from "#contracts/generation.ts";
import { TorchGenerator } from "#inference/rng.ts";
import { makeScheduler, samplerOfClass } from "#inference/schedulers/make-scheduler.ts";
import { scale, type Tensor } from "#inference/tensor.ts";

export const SamplerCase = z.object({
  name: z.string(),
  cfg: z.looseObject({ _class_name: z.string() }),
  steps: z.int(),
  /** Index of the first visited timestep, where an image-to-image case begins. */
  start: z.int().nullish(),
  seed: z.int().nullish(),
  /** Arguments of the reference's `step` and `set_timesteps`, under the names its papers and its code give them. */
  eta: z.number().nullish(),
  gamma: z.number().nullish(),
  mu: z.number().nullish(),
  /** Σ|x| of the final sample. */
  sum: z.number(),
  /** Elements [0,0,0,0], [1,2,3,4] and [3,2,7,7] of the final sample. */
  el: z.array(z.number()),
});
export type SamplerCase = z.infer<typeof SamplerCase>;

const DIMS = [4, 3, 8, 8] as const;
const COUNT = 768;
const PROBED = [0, ((1 * 3 + 2) * 8 + 3) * 8 + 4, COUNT - 1];

/** Null for a class Aria has no sampler for. */
export const samplerOf = ({ cfg }: SamplerCase): Sampler | null => samplerOfClass(cfg);

/** The larger of |Δ sum| / sum and the largest |Δ element| over the largest |element|. */
export function relativeError(reference: SamplerCase, sampler: Sampler): number {
  const { data } = paint(reference, sampler);
  const sum = data.reduce((total, value) => total + Math.abs(value), 0);
  const largest = Math.max(...reference.el.map(Math.abs));
  const errors = reference.el.map((value, k) => Math.abs(data[PROBED[k]!]! - value) / largest);
  return Math.max(Math.abs(sum - reference.sum) / reference.sum, ...errors);
}

function paint({ cfg, steps, start, seed, eta, gamma, mu }: SamplerCase, sampler: Sampler): Tensor {
  const scheduler = makeScheduler(sampler, { ...cfg, eta: eta ?? gamma, mu }, steps);
  const generator = new TorchGenerator(seed ?? 0);
  const clean = scale(scheduler.initNoiseSigma, { data: ramp(), dims: DIMS });
  const noise = { data: ramp().reverse(), dims: DIMS };
  let sample = start == null ? clean : scheduler.addNoise(clean, noise, start);
  for (let i = start ?? 0; i < scheduler.timesteps.length; i++) {
    const timestep = scheduler.timesteps[i]!;
    // The reference's tests step from the scaled sample, which no pipeline does.
    const scaled = scheduler.scaleInput(sample, i);
    const output = { data: scaled.data.map((x) => Math.fround(x * timestep) / (timestep + 1)), dims: DIMS };
    sample = scheduler.step(output, i, scaled, () => generator.randn(DIMS)).next;
  }
  return sample;
}

/** S, row-major. */
function ramp(): Float32Array {
  const [batch] = DIMS;
  const pixels = COUNT / batch;
  return Float32Array.from({ length: COUNT }, (_, k) => ((k % pixels) * batch + Math.floor(k / pixels)) / COUNT);
}
