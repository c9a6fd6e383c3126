import { chanceFrom } from "#server/domain/seeds.ts";

/** Uniform in [0, 1), the same for the same seed. */
export const seeded = (seed: number): (() => number) => chanceFrom(String(seed));
