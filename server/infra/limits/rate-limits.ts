/** How often somebody may ask, counted in this process. */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

const MINUTE_S = 60;

/** A wall that is scrolled along asks for a hundred pictures a second; nobody paints more than one picture a second. */
const LIMITS = {
  /** Of one who has signed in, a minute. */
  read: { points: 6_000, duration: MINUTE_S },
  write: { points: 300, duration: MINUTE_S },
  /** Of an address that nobody signed in from, a minute. */
  visit: { points: 600, duration: MINUTE_S },
} as const;
type Limited = keyof typeof LIMITS;

export interface RateLimits {
  /** Counts one; milliseconds until it may be asked again where that was one too many, else null. */
  count(what: Limited, who: string): Promise<number | null>;
}

export function rateLimits(): RateLimits {
  const limiters = Object.fromEntries(
    Object.entries(LIMITS).map(([name, limit]) => [name, new RateLimiterMemory(limit)]),
  ) as Record<Limited, RateLimiterMemory>;
  return {
    async count(what, who) {
      try {
        await limiters[what].consume(who);
        return null;
      } catch (error) {
        if (error instanceof RateLimiterRes) return error.msBeforeNext;
        throw error;
      }
    },
  };
}
