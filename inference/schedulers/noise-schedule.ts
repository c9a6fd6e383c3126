/**
 * The noise a model was trained under, rounded where torch rounds: float32 betas, ∏ accumulated in float64 and each
 * ᾱ stored as float32. Plain float64 is 1e-6 off at high σ, where 1 − β is nearly 1. Source: diffusers 0.40.
 */

export interface NoiseSchedule {
  readonly num_train_timesteps: number;
  readonly beta_start: number;
  readonly beta_end: number;
  readonly beta_schedule: "linear" | "scaled_linear" | "squaredcos_cap_v2";
  readonly trained_betas?: readonly number[] | undefined;
  readonly rescale_betas_zero_snr: boolean;
}

const f32 = Math.fround;

/** ᾱ_t = ∏(1 − β_s) for s ≤ t, [train steps] float32. Ho et al. 2020 (arXiv:2006.11239), eq. 4. */
export function alphaBars(schedule: NoiseSchedule): Float32Array {
  const betas = betasOf(schedule);
  return cumulativeProduct(schedule.rescale_betas_zero_snr ? zeroTerminalSnr(betas) : betas);
}

/** ᾱ of the last training step under zero terminal SNR: 0 would make σ infinite; this makes it 4096. */
const LAST_BAR = 2 ** -24;

/** ᾱ for the samplers that reckon in σ. */
export function alphaBarsAboveZero(schedule: NoiseSchedule): Float32Array {
  const bars = alphaBars(schedule);
  if (schedule.rescale_betas_zero_snr) bars[bars.length - 1] = LAST_BAR;
  return bars;
}

/** σ_t = √((1 − ᾱ_t) / ᾱ_t), [train steps] float32, rising. */
export const sigmasOf = (bars: Float32Array): Float32Array => bars.map((bar) => Math.sqrt(f32(f32(1 - bar) / bar)));

function betasOf(schedule: NoiseSchedule): Float32Array {
  const { num_train_timesteps: count, beta_start, beta_end, beta_schedule, trained_betas } = schedule;
  if (trained_betas) return Float32Array.from(trained_betas);
  switch (beta_schedule) {
    case "linear":
      return linspace32(beta_start, beta_end, count);
    case "scaled_linear":
      return linspace32(Math.sqrt(beta_start), Math.sqrt(beta_end), count).map((root) => root * root);
    case "squaredcos_cap_v2":
      // Nichol & Dhariwal 2021 (arXiv:2102.09672), eq. 17; β is capped so that ᾱ never reaches 0.
      return Float32Array.from({ length: count }, (_, t) =>
        Math.min(1 - cosineBar((t + 1) / count) / cosineBar(t / count), 0.999),
      );
  }
}

const cosineBar = (share: number): number => Math.cos((((share + 0.008) / 1.008) * Math.PI) / 2) ** 2;

/** torch.linspace in float32: counted from the nearer end, so that both ends are exact; rounded once (fused multiply-add). */
function linspace32(start: number, end: number, count: number): Float32Array {
  const [first, last] = [f32(start), f32(end)];
  const step = count > 1 ? f32(f32(last - first) / (count - 1)) : 0;
  return Float32Array.from({ length: count }, (_, i) =>
    i < Math.floor(count / 2) ? first + step * i : last - step * (count - 1 - i),
  );
}

function cumulativeProduct(betas: Float32Array): Float32Array {
  let product = 1;
  return betas.map((beta) => {
    product *= f32(1 - beta);
    return product;
  });
}

/** Lin et al. 2023 (arXiv:2305.08891), algorithm 1: √ᾱ shifted and scaled so that the last step is pure noise. */
function zeroTerminalSnr(betas: Float32Array): Float32Array {
  const roots = cumulativeProduct(betas).map((bar) => Math.sqrt(bar));
  const [first, last] = [roots[0]!, roots.at(-1)!];
  const stretch = f32(first / f32(first - last));
  const bars = roots.map((root) => f32(f32(root - last) * stretch) ** 2);
  return bars.map((bar, t) => 1 - (t === 0 ? bar : f32(bar / bars[t - 1]!)));
}
