import type { Scheduler } from "#inference/schedulers/scheduler.ts";
import { mix, type Tensor } from "#inference/tensor.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Conditions } from "./unet-conditions.ts";

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
  /** Index of the step to go on with; `start` where nothing was painted before. */
  readonly from: number;
  readonly guidance: number;
  /** Share of the schedule's steps that are guided, as diffusers' guiders count their `stop`. */
  readonly guidanceStop: number;
  readonly prompt: Conditions;
  /** What is kept away from; null where nothing is, and the model is asked once a step. */
  readonly negative: Conditions | null;
  readonly drawNoise: () => Tensor;
}

/**
 * The denoising loop, with classifier-free guidance (Ho & Salimans 2022, arXiv:2207.12598). The two predictions are
 * made one after the other: on a CPU a batch of two costs more than two of one. Yields after each step; whoever iterates
 * decides what to show and when to stop.
 */
export async function* denoise(run: Run): AsyncGenerator<DenoiseStep> {
  const { scheduler, predict, guidance, prompt, negative, start, from, drawNoise } = run;
  const guided = Math.trunc(run.guidanceStop * scheduler.timesteps.length);
  let sample = run.latents;
  for (let i = from; i < scheduler.timesteps.length; i++) {
    const timestep = scheduler.timesteps[i]!;
    const input = scheduler.scaleInput(sample, i);
    const cond = await predict(input, timestep, prompt);
    const answer = negative && i < guided ? guide(await predict(input, timestep, negative), cond, guidance) : cond;
    const { next, clean } = scheduler.step(answer, i, sample, drawNoise);
    sample = next;
    yield { step: i - start + 1, clean, sample };
  }
}

const guide = (uncond: Tensor, cond: Tensor, guidance: number): Tensor =>
  mix(1, uncond, guidance, mix(1, cond, -1, uncond));
