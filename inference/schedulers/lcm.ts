/**
 * Multistep consistency sampling: Luo et al. 2023 (arXiv:2310.04378), Algorithm 3; boundary scalings of Song et al.
 * 2023 (arXiv:2303.01469), eq. 25, σ_data = 0.5. Every step guesses x₀ and noises it afresh, the last one excepted.
 * Latents are float32 [batch, channels, height, width].
 */
import { mix, type Tensor } from "#inference/tensor.ts";
import { distilledTimesteps } from "./distilled-timesteps.ts";
import { alphaBars } from "./noise-schedule.ts";
import { cleanOf, levelOf, type NoiseLevel } from "./prediction.ts";
import { freshNoise, type Step } from "./scheduler.ts";
import type { LcmConfig } from "./scheduler-config.ts";
import { bounded } from "./thresholding.ts";
import { UnitVarianceScheduler } from "./unit-variance.ts";

const DATA_VARIANCE = 0.25;

export class LcmScheduler extends UnitVarianceScheduler {
  readonly timesteps: readonly number[];
  readonly #config: LcmConfig;
  readonly #bars: Float32Array;

  constructor(config: LcmConfig, steps: number) {
    super();
    this.#config = config;
    this.#bars = alphaBars(config);
    this.timesteps = distilledTimesteps(config, steps);
  }

  step(modelOutput: Tensor, i: number, sample: Tensor, drawNoise?: () => Tensor): Step {
    const { prediction_type, timestep_scaling } = this.#config;
    const guess = bounded(cleanOf(prediction_type, modelOutput, sample, this.level(i)), this.#config);
    const time = this.timesteps[i]! * timestep_scaling;
    const spread = time ** 2 + DATA_VARIANCE;
    const clean = mix(DATA_VARIANCE / spread, sample, time / Math.sqrt(spread), guess);
    if (i === this.timesteps.length - 1) return { next: clean, clean };
    const { alpha, sigma } = this.level(i + 1);
    return { next: mix(alpha, clean, sigma, freshNoise("LCM", drawNoise)), clean };
  }

  protected level(i: number): NoiseLevel {
    return levelOf(this.#bars[this.timesteps[i]!]!);
  }
}
