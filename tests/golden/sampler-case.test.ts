import { expect, it } from "vitest";
import { z } from "zod";
import { makeScheduler } from "#inference/schedulers/make-scheduler.ts";
import { relativeError, SamplerCase, samplerOf } from "./sampler-case.ts";
import reference from "./sampler-cases.json" with { type: "json" };

const TOLERANCE = 1e-5;
const cases = z
  .array(SamplerCase.extend({ ts: z.array(z.number()) }))
  .min(9)
  .parse(reference.cases);

it.each(cases)("paints what diffusers paints: $name", (golden) => {
  expect(relativeError(golden, samplerOf(golden)!)).toBeLessThanOrEqual(TOLERANCE);
});

it.each(cases)("visits the timesteps diffusers visits: $name", (golden) => {
  const { timesteps } = makeScheduler(samplerOf(golden)!, golden.cfg, golden.steps);
  expect(timesteps).toHaveLength(golden.ts.length);
  for (const [i, t] of golden.ts.entries()) expect(timesteps[i]).toBeCloseTo(t, 2);
});
