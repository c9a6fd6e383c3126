/** Which training timesteps a run visits. As numpy counts them in diffusers 0.40: rounding is half to even. */
import { AriaError } from "#contracts/errors.ts";

export interface Spacing {
  readonly num_train_timesteps: number;
  readonly timestep_spacing: "leading" | "linspace" | "trailing";
  readonly steps_offset: number;
}

/** Refuses a step count the training schedule cannot be divided into. */
export function checkSteps(steps: number, limit: number): void {
  if (!Number.isInteger(steps) || steps < 1 || steps > limit)
    throw new AriaError("INVALID", { field: "steps", reason: `must be a whole number from 1 to ${limit}` });
}

/** `points` timesteps, noisiest first; linspace is not rounded. Lin et al. 2023 (arXiv:2305.08891), table 2. */
export function spacedTimesteps(spacing: Spacing, points: number, last = spacing.num_train_timesteps): number[] {
  const { num_train_timesteps: train, timestep_spacing, steps_offset } = spacing;
  switch (timestep_spacing) {
    case "linspace":
      return linspace(0, last - 1, points).reverse();
    case "leading": {
      const stride = Math.floor(last / points);
      return Array.from({ length: points }, (_, i) => Math.min((points - 1 - i) * stride + steps_offset, train - 1));
    }
    case "trailing": {
      // numpy's arange multiplies this rounded difference, which decides some ties of the rounding below.
      const delta = last - train / points - last;
      const count = Math.min(points, Math.ceil((last * points) / train));
      return Array.from({ length: count }, (_, i) => roundHalfEven(last + i * delta) - 1);
    }
  }
}

/** numpy.linspace, both ends included. */
export function linspace(start: number, end: number, count: number): number[] {
  const step = (end - start) / Math.max(count - 1, 1);
  return Array.from({ length: count }, (_, i) => (i > 0 && i === count - 1 ? end : start + i * step));
}

export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
