import type { Scheduler } from "#inference/schedulers/scheduler.ts";
import { mix, type Tensor } from "#inference/tensor.ts";
import type { Pipeline, PromptEmbedding } from "./pipeline.ts";

export interface DenoiseStep {
  /** From 1. */
  readonly step: number;
  /** Present guess of the finished latents: what a preview shows. */
  readonly clean: Tensor;
  readonly sample: Tensor;
}

interface Run {
  readonly scheduler: Scheduler;
  readonly predict: Pipeline["predict"];
  readonly latents: Tensor;
  /** Index of the first step: above 0 when something is painted over. */
  readonly start: number;
  readonly guidance: number;
  readonly prompt: PromptEmbedding;
  readonly negative: PromptEmbedding;
  readonly drawNoise: () => Tensor;
}

/**
 * The denoising loop, with classifier-free guidance (Ho & Salimans 2022, arXiv:2207.12598). The two predictions are
 * made one after the other: on a CPU a batch of two costs more than two of one. Yields after each step; whoever iterates
 * decides what to show and when to stop.
 */
export async function* denoise(run: Run): AsyncGenerator<DenoiseStep> {
  const { scheduler, predict, guidance, prompt, negative, start, drawNoise } = run;
  let sample = run.latents;
  for (let i = start; i < scheduler.timesteps.length; i++) {
    const timestep = scheduler.timesteps[i]!;
    const input = scheduler.scaleInput(sample, i);
    const cond = await predict(input, timestep, prompt);
    const guided = guidance > 1 ? mix(1 - guidance, await predict(input, timestep, negative), guidance, cond) : cond;
    const { next, clean } = scheduler.step(guided, i, sample, drawNoise);
    sample = next;
    yield { step: i - start + 1, clean, sample };
  }
}
