import { expect, it } from "vitest";
import { z } from "zod";
import { makeScheduler } from "#inference/schedulers/make-scheduler.ts";
import { relativeError, SamplerCase, samplerOf } from "./sampler-case.ts";
import reference from "./sampler-cases.json" with { type: "json" };
import options from "./sampler-options.json" with { type: "json" };

const TOLERANCE = 1e-5;
const cases = z
  .array(SamplerCase.extend({ ts: z.array(z.number()) }))
  .min(140)
  .parse([...reference.cases, ...options.cases]);

it.each(cases)("paints what diffusers paints: $name", (golden) => {
  expect(relativeError(golden, samplerOf(golden)!)).toBeLessThanOrEqual(TOLERANCE);
});

it.each(cases)("visits the timesteps diffusers visits: $name", (golden) => {
  const { timesteps } = makeScheduler(samplerOf(golden)!, { ...golden.cfg, mu: golden.mu }, golden.steps);
  expect(timesteps).toHaveLength(golden.ts.length);
  for (const [i, t] of golden.ts.entries()) expect(timesteps[i]).toBeCloseTo(t, 2);
});

const DDIM = { _class_name: "DDIMScheduler" };
const EULER = { _class_name: "EulerDiscreteScheduler", num_train_timesteps: 1100 };
const DPM = { _class_name: "DPMSolverMultistepScheduler", lower_order_final: false, final_sigmas_type: "sigma_min" };

/** Σ|x| that diffusers' own tests assert (tests/schedulers/test_scheduler_*.py), to as many digits. `start`: img2img. */
const ASSERTED = [
  { name: "DDIM, v-prediction", cfg: { ...DDIM, prediction_type: "v_prediction" }, sum: 52.5302 },
  { name: "DDIM, last alpha 1", cfg: { ...DDIM, beta_start: 0.01 }, sum: 149.8295 },
  {
    name: "DDIM, last alpha from the table",
    cfg: { ...DDIM, beta_start: 0.01, set_alpha_to_one: false },
    sum: 149.0784,
  },
  { name: "DDIM, from step 8", cfg: DDIM, start: 8, sum: 354.5418 },
  { name: "Euler, from step 8", cfg: EULER, start: 8, sum: 57062.9297 },
  { name: "DPM++ 2M, from step 5", cfg: DPM, start: 5, sum: 318.4111 },
];

it.each(ASSERTED)("agrees with what diffusers' tests assert: $name", (asserted) => {
  const golden = SamplerCase.parse({ ...asserted, steps: 10, el: [] });
  expect(relativeError(golden, samplerOf(golden)!)).toBeLessThanOrEqual(1e-6);
});
