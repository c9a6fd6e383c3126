/** What a model's answer says of a sample x = α·x₀ + σ·ε with α² + σ² = 1. Salimans & Ho 2022 (arXiv:2202.00512), 4. */
import { mix, scale, type Tensor } from "#inference/tensor.ts";

export type PredictionType = "epsilon" | "v_prediction" | "sample";

export interface NoiseLevel {
  readonly alpha: number;
  readonly sigma: number;
}

const f32 = Math.fround;

/** Rounded as the reference rounds: at the noisiest steps x₀ is the small difference of large terms. */
export const levelOf = (bar: number): NoiseLevel => ({
  alpha: f32(Math.sqrt(bar)),
  sigma: f32(Math.sqrt(f32(1 - bar))),
});

/** The same level under σ of the variance-exploding parametrisation, x / α = x₀ + σ·ε. */
export function levelOfSigma(sigma: number): NoiseLevel {
  const alpha = f32(1 / f32(Math.sqrt(f32(f32(sigma * sigma) + 1))));
  return { alpha, sigma: f32(sigma * alpha) };
}

/** The predicted x₀. */
export function cleanOf(type: PredictionType, output: Tensor, sample: Tensor, { alpha, sigma }: NoiseLevel): Tensor {
  if (type === "epsilon") return scale(1 / alpha, mix(1, sample, -1, scale(sigma, output)));
  return type === "v_prediction" ? mix(alpha, sample, -sigma, output) : output;
}

/** The predicted ε. */
export function noiseOf(type: PredictionType, output: Tensor, sample: Tensor, { alpha, sigma }: NoiseLevel): Tensor {
  if (type === "epsilon") return output;
  if (type === "v_prediction") return mix(alpha, output, sigma, sample);
  return mix(1 / sigma, sample, -alpha / sigma, output);
}
