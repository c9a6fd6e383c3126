import type { Env } from "#server/env.ts";
import type { Cache } from "#server/ports.ts";
import { lruStore } from "./lru-store.ts";
import { redisStore } from "./redis-store.ts";
import { storedCache, type Told } from "./stored-cache.ts";
import { uncached } from "./uncached.ts";

/** Only so that what nobody asks for any more goes: whether something still holds is known by its version. */
const TTL_MS = 15 * 60_000;
const MB = 1_000_000;

/** In Redis, where there is one for several processes; else in memory, as much as an operator gives it. */
export function cacheBy({ REDIS_URL, CACHE_MB }: Pick<Env, "REDIS_URL" | "CACHE_MB">, told: Told): Cache {
  if (REDIS_URL !== undefined) return storedCache(redisStore(REDIS_URL, { ttlMs: TTL_MS }), told);
  return CACHE_MB === 0 ? uncached : storedCache(lruStore({ maxBytes: CACHE_MB * MB, ttlMs: TTL_MS }), told);
}
