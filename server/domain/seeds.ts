const SEED_LIMIT = 2 ** 32;

/** Seeds of an order's candidates, fixed when it is placed: a repeated painting gives the very same pictures. */
export const seedsOf = (order: { seed: number; count: number }): number[] =>
  Array.from({ length: order.count }, (_, i) => (order.seed + i) % SEED_LIMIT);

export const randomSeed = (rng: () => number): number => Math.floor(rng() * SEED_LIMIT);
