/** What samplers share that keep a sample x = α·x₀ + σ·ε near unit variance: the model is shown it as it is. */
import { mix, type Tensor } from "#inference/tensor.ts";
import type { NoiseLevel } from "./prediction.ts";
import { NO_MEMORY, type Scheduler, type Step } from "./scheduler.ts";

export abstract class UnitVarianceScheduler implements Scheduler {
  abstract readonly timesteps: readonly number[];
  readonly initNoiseSigma = 1;
  memory = NO_MEMORY;

  abstract step(modelOutput: Tensor, i: number, sample: Tensor, drawNoise?: () => Tensor): Step;
  /** Of step i. */
  protected abstract level(i: number): NoiseLevel;

  addNoise(clean: Tensor, noise: Tensor, i: number): Tensor {
    const { alpha, sigma } = this.level(i);
    return mix(alpha, clean, sigma, noise);
  }

  scaleInput(sample: Tensor): Tensor {
    return sample;
  }
}
