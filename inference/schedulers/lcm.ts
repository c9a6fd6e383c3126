/**
 * Multistep consistency sampling: Luo et al. 2023 (arXiv:2310.04378), Algorithm 3; boundary scalings of Song et al.
 * 2023 (arXiv:2303.01469), eq. 25, σ_data = 0.5. Every step guesses x₀ and noises it afresh, the last one excepted.
 * Latents are float32 [batch, 4, height / 8, width / 8].
 */
import { AriaError } from "#contracts/errors.ts";
import { clamp, mix, type Tensor } from "#inference/tensor.ts";
import { alphaBars } from "./noise-schedule.ts";
import { cleanOf, levelOf, type NoiseLevel } from "./prediction.ts";
import type { Scheduler, Step } from "./scheduler.ts";
import type { LcmConfig } from "./scheduler-config.ts";
import { checkSteps } from "./timesteps.ts";

const DATA_VARIANCE = 0.25;

export class LcmScheduler implements Scheduler {
  readonly timesteps: readonly number[];
  readonly initNoiseSigma = 1;
  readonly #config: LcmConfig;
  readonly #bars: Float32Array;

  constructor(config: LcmConfig, steps: number) {
    checkSteps(steps, config.original_inference_steps);
    this.#config = config;
    this.#bars = alphaBars(config);
    this.timesteps = distilledTimesteps(config, steps);
  }

  addNoise(clean: Tensor, noise: Tensor, i: number): Tensor {
    const { alpha, sigma } = this.#level(i);
    return mix(alpha, clean, sigma, noise);
  }

  scaleInput(sample: Tensor): Tensor {
    return sample;
  }

  step(modelOutput: Tensor, i: number, sample: Tensor, drawNoise?: () => Tensor): Step {
    const { prediction_type, clip_sample, clip_sample_range, timestep_scaling } = this.#config;
    const predicted = cleanOf(prediction_type, modelOutput, sample, this.#level(i));
    const guess = clip_sample ? clamp(predicted, clip_sample_range) : predicted;
    const time = this.timesteps[i]! * timestep_scaling;
    const spread = time ** 2 + DATA_VARIANCE;
    const clean = mix(DATA_VARIANCE / spread, sample, time / Math.sqrt(spread), guess);
    if (i === this.timesteps.length - 1) return { next: clean, clean };
    if (!drawNoise) throw new AriaError("INVALID", { field: "drawNoise", reason: "must be given: LCM is stochastic" });
    const { alpha, sigma } = this.#level(i + 1);
    return { next: mix(alpha, clean, sigma, drawNoise()), clean };
  }

  #level(i: number): NoiseLevel {
    return levelOf(this.#bars[this.timesteps[i]!]!);
  }
}

/** Evenly chosen among the timesteps the student was distilled on, the teacher's `original_inference_steps`. */
function distilledTimesteps(config: LcmConfig, steps: number): number[] {
  const { original_inference_steps: origin, num_train_timesteps: train } = config;
  if (origin > train)
    throw new AriaError("INVALID", {
      field: "scheduler_config.original_inference_steps",
      reason: `must be at most ${train}`,
    });
  const stride = Math.floor(train / origin);
  const every = origin / steps;
  return Array.from({ length: steps }, (_, i) => (origin - Math.floor(i * every)) * stride - 1);
}
