import type { Cache } from "#server/ports.ts";

/** Keeps nothing, where an operator wants it so. */
export const uncached: Cache = { through: (_at, _shape, load) => load() };
