import type { Sampler } from "#contracts/generation.ts";
import { DdimScheduler } from "./ddim.ts";
import { Dpmpp2mScheduler } from "./dpmpp-2m.ts";
import { EulerScheduler } from "./euler.ts";
import { LcmScheduler } from "./lcm.ts";
import type { Scheduler } from "./scheduler.ts";
import { DdimConfig, Dpmpp2mConfig, EulerConfig, LcmConfig, parseSchedulerConfig } from "./scheduler-config.ts";

type Make = (configJson: unknown, steps: number) => Scheduler;

const MAKE = {
  ddim: (json, steps) => new DdimScheduler(parseSchedulerConfig(DdimConfig, json), steps),
  euler: (json, steps) => new EulerScheduler(parseSchedulerConfig(EulerConfig, json), steps),
  "dpmpp-2m": (json, steps) => new Dpmpp2mScheduler(parseSchedulerConfig(Dpmpp2mConfig, json), steps),
  lcm: (json, steps) => new LcmScheduler(parseSchedulerConfig(LcmConfig, json), steps),
} as const satisfies Record<Sampler, Make>;

/**
 * `configJson` is a model's parsed scheduler_config.json, of whatever diffusers class it was saved by.
 * Throws INVALID for a step count the sampler cannot take and for settings it has no arithmetic for.
 */
export const makeScheduler = (sampler: Sampler, configJson: unknown, steps: number): Scheduler =>
  MAKE[sampler](configJson, steps);
