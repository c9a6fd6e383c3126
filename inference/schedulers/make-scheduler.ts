import type { Sampler } from "#contracts/generation.ts";
import { DdimScheduler } from "./ddim.ts";
import { DpmSolverScheduler } from "./dpm-solver.ts";
import { EulerScheduler } from "./euler.ts";
import { EulerAncestralScheduler } from "./euler-ancestral.ts";
import { FlowEulerScheduler } from "./flow-euler.ts";
import { LcmScheduler } from "./lcm.ts";
import { PndmScheduler } from "./pndm.ts";
import type { Scheduler } from "./scheduler.ts";
import {
  DdimConfig,
  DpmSolverConfig,
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

function dpmSolver(json: unknown, steps: number, isStochastic: boolean): Scheduler {
  const config = parseSchedulerConfig(DpmSolverConfig, json);
  const plain = config.algorithm_type.replace("sde-", "") as "dpmsolver" | "dpmsolver++";
  return new DpmSolverScheduler({ ...config, algorithm_type: isStochastic ? `sde-${plain}` : plain }, steps);
}

const MAKE = {
  ddim: (json, steps) => new DdimScheduler(parseSchedulerConfig(DdimConfig, json), steps),
  pndm: (json, steps) => new PndmScheduler(parseSchedulerConfig(PndmConfig, json), steps),
  euler: (json, steps) => new EulerScheduler(parseSchedulerConfig(EulerConfig, json), steps),
  "euler-ancestral": (json, steps) =>
    new EulerAncestralScheduler(parseSchedulerConfig(EulerAncestralConfig, json), steps),
  "dpmpp-2m": (json, steps) => dpmSolver(json, steps, false),
  "dpmpp-2m-sde": (json, steps) => dpmSolver(json, steps, true),
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
