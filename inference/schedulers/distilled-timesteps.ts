/** Timesteps of a student: evenly chosen among those it was distilled on, the teacher's `original_inference_steps`. */
import { AriaError } from "#contracts/errors.ts";
import type { LcmConfig, TcdConfig } from "./scheduler-config.ts";
import { checkSteps } from "./timesteps.ts";

export function distilledTimesteps(config: LcmConfig | TcdConfig, steps: number): number[] {
  const { original_inference_steps: origin, num_train_timesteps: train } = config;
  checkSteps(steps, origin);
  if (origin > train)
    throw new AriaError("INVALID", {
      field: "scheduler_config.original_inference_steps",
      reason: `must be at most ${train}`,
    });
  const stride = Math.floor(train / origin);
  const every = origin / steps;
  return Array.from({ length: steps }, (_, i) => (origin - Math.floor(i * every)) * stride - 1);
}
