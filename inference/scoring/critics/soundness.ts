import type { Sight } from "#inference/scoring/sight.ts";
import { type Critic, oneByOne } from "./critic.ts";

/** 1 less the worst flaw. */
export const soundnessOf = ({ quality = {} }: Sight): number => 1 - Math.max(0, ...Object.values(quality));

export const soundness: Critic = oneByOne(({ seen }) => ({ soundness: seen && soundnessOf(seen.sight) }));
