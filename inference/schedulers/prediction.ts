/** What a model's answer says of a sample x = α·x₀ + σ·ε. Salimans & Ho 2022 (arXiv:2202.00512), 4. */
import { divide, mix, type Tensor } from "#inference/tensor.ts";

/** Flow: v = ε − x₀ on the straight line x = (1 − σ)·x₀ + σ·ε (Lipman et al. 2023, arXiv:2210.02747). */
export type PredictionType = "epsilon" | "v_prediction" | "sample" | "flow_prediction";

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

/** On the straight line of flow matching. */
export const levelOfFlow = (sigma: number): NoiseLevel => ({ alpha: f32(1 - sigma), sigma });

/** λ = ln(α / σ), half the log of the signal-to-noise ratio. */
export const logSnr = ({ alpha, sigma }: NoiseLevel): number => f32(f32(Math.log(alpha)) - f32(Math.log(sigma)));

/** The predicted x₀. */
export function cleanOf(type: PredictionType, output: Tensor, sample: Tensor, { alpha, sigma }: NoiseLevel): Tensor {
  switch (type) {
    case "epsilon":
      return divide(mix(1, sample, -sigma, output), alpha);
    case "v_prediction":
      return mix(alpha, sample, -sigma, output);
    case "flow_prediction":
      return mix(1, sample, -sigma, output);
    case "sample":
      return output;
  }
}

/** The predicted ε. */
export function noiseOf(type: PredictionType, output: Tensor, sample: Tensor, level: NoiseLevel): Tensor {
  if (type === "epsilon") return output;
  if (type === "v_prediction") return mix(level.alpha, output, level.sigma, sample);
  return noiseFrom(cleanOf(type, output, sample, level), sample, level);
}

/** ε where x₀ is known. */
export const noiseFrom = (clean: Tensor, sample: Tensor, { alpha, sigma }: NoiseLevel): Tensor =>
  divide(mix(1, sample, -alpha, clean), sigma);

/** The predicted x₀ of a sample x = x₀ + σ·ε that the model was shown as x / √(σ² + 1). Rounded as the reference rounds. */
export function cleanOfSigma(type: PredictionType, output: Tensor, sample: Tensor, sigma: number): Tensor {
  if (type === "sample") return output;
  if (type !== "v_prediction") return mix(1, sample, -sigma, output);
  const length = f32(f32(sigma * sigma) + 1);
  return mix(f32(-sigma / f32(Math.sqrt(length))), output, 1, divide(sample, length));
}

/** The sample as a model wants it that was trained at unit variance, x / √(σ² + 1). */
export const atUnitVariance = (sample: Tensor, sigma: number): Tensor =>
  divide(sample, f32(Math.sqrt(f32(f32(sigma * sigma) + 1))));
