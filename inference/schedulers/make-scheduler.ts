import { AriaError } from "#contracts/errors.ts";
import { Sampler, type ScheduleType } from "#contracts/generation.ts";
import { SPACED_SAMPLERS } from "#contracts/terms.ts";
import { DdimScheduler } from "./ddim.ts";
import { makeDpmpp2m } from "./dpmpp-2m.ts";
import { makeDpmpp2mSde } from "./dpmpp-2m-sde.ts";
import { EulerScheduler } from "./euler.ts";
import { EulerAncestralScheduler } from "./euler-ancestral.ts";
import { FlowEulerScheduler } from "./flow-euler.ts";
import { LcmScheduler } from "./lcm.ts";
import { PndmScheduler } from "./pndm.ts";
import type { Scheduler } from "./scheduler.ts";
import {
  DdimConfig,
  EulerAncestralConfig,
  EulerConfig,
  FlowEulerConfig,
  LcmConfig,
  PndmConfig,
  parseSchedulerConfig,
  TcdConfig,
  UniPcConfig,
} from "./scheduler-config.ts";
import { TcdScheduler } from "./tcd.ts";
import { UniPcScheduler } from "./unipc.ts";

type Make = (configJson: unknown, steps: number) => Scheduler;

const MAKE = {
  ddim: (json, steps) => new DdimScheduler(parseSchedulerConfig(DdimConfig, json), steps),
  pndm: (json, steps) => new PndmScheduler(parseSchedulerConfig(PndmConfig, json), steps),
  euler: (json, steps) => new EulerScheduler(parseSchedulerConfig(EulerConfig, json), steps),
  "euler-ancestral": (json, steps) =>
    new EulerAncestralScheduler(parseSchedulerConfig(EulerAncestralConfig, json), steps),
  "dpmpp-2m": makeDpmpp2m,
  "dpmpp-2m-sde": makeDpmpp2mSde,
  unipc: (json, steps) => new UniPcScheduler(parseSchedulerConfig(UniPcConfig, json), steps),
  lcm: (json, steps) => new LcmScheduler(parseSchedulerConfig(LcmConfig, json), steps),
  tcd: (json, steps) => new TcdScheduler(parseSchedulerConfig(TcdConfig, json), steps),
  "flow-euler": (json, steps) => new FlowEulerScheduler(parseSchedulerConfig(FlowEulerConfig, json), steps),
} as const satisfies Record<Sampler, Make>;

/**
 * `configJson` is a model's parsed scheduler_config.json, of whatever diffusers class it was saved by.
 * Throws INVALID for a step count the sampler cannot take and for settings it has no arithmetic for.
 */
export const makeScheduler = (sampler: Sampler, configJson: unknown, steps: number): Scheduler =>
  MAKE[sampler](configJson, steps);

/** The file's settings with the noise levels spaced as asked. Throws INVALID for a sampler that does not go by levels. */
export function spacedBy(
  config: Readonly<Record<string, unknown>>,
  { sampler, scheduleType }: { readonly sampler: Sampler; readonly scheduleType: ScheduleType },
): Readonly<Record<string, unknown>> {
  if (scheduleType === "automatic") return config;
  if (!SPACED_SAMPLERS.includes(sampler))
    throw new AriaError("INVALID", { field: "scheduleType", reason: `must be automatic for ${sampler}` });
  return {
    ...config,
    use_karras_sigmas: scheduleType === "karras",
    use_exponential_sigmas: scheduleType === "exponential",
    use_beta_sigmas: scheduleType === "beta",
    use_lu_lambdas: false,
  };
}

/** What a model can be painted with: flow matching has its own, and so have students of consistency. */
export function samplersFor(config: Readonly<Record<string, unknown>>): Sampler[] {
  const own = samplerOfClass(config) ?? "euler";
  if (own === "flow-euler") return [own];
  if (own === "lcm" || own === "tcd") return ["lcm", "tcd"];
  const usual = Sampler.options.filter((sampler) => !["flow-euler", "lcm", "tcd"].includes(sampler));
  return config.prediction_type === "sample" ? usual.filter((s) => s !== "pndm" && s !== "euler-ancestral") : usual;
}

const OF_CLASS: Readonly<Record<string, Sampler>> = {
  DDIMScheduler: "ddim",
  PNDMScheduler: "pndm",
  EulerDiscreteScheduler: "euler",
  EulerAncestralDiscreteScheduler: "euler-ancestral",
  DPMSolverMultistepScheduler: "dpmpp-2m",
  UniPCMultistepScheduler: "unipc",
  LCMScheduler: "lcm",
  TCDScheduler: "tcd",
  FlowMatchEulerDiscreteScheduler: "flow-euler",
};

/** The sampler a model was saved with; null for a class Aria has no sampler for. */
export function samplerOfClass(config: {
  readonly _class_name?: unknown;
  readonly algorithm_type?: unknown;
}): Sampler | null {
  const sampler = OF_CLASS[String(config._class_name)] ?? null;
  return sampler === "dpmpp-2m" && String(config.algorithm_type).startsWith("sde-") ? "dpmpp-2m-sde" : sampler;
}
