/** How often somebody may ask, and may be wrong: counted in Redis over all processes, in this one where Redis is away or none is. */
import type { Redis } from "ioredis";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { Ports, Tries } from "#server/ports.ts";

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

/** Of one account or one link, wherever from: an address is easily another. */
const TRIES = { points: 10, duration: 15 * MINUTE_S } as const;

export interface RateLimits {
  /** Counts `calls`, or one; milliseconds until it may be asked again where that was too many, else null. */
  count(what: Limited, who: string, calls?: number): Promise<number | null>;
}

interface Limit {
  readonly points: number;
  readonly duration: number;
}

function limiterOf(redis: Redis | null, keyPrefix: string, limit: Limit): RateLimiterAbstract {
  const here = new RateLimiterMemory({ keyPrefix, ...limit });
  if (!redis) return here;
  return new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: `aria:limit:${keyPrefix}`,
    insuranceLimiter: here,
    rejectIfRedisNotReady: true,
    ...limit,
  });
}

/** Milliseconds until there are so many points again; null where they were there, and are taken. */
async function take(limiter: RateLimiterAbstract, who: string, points: number): Promise<number | null> {
  try {
    await limiter.consume(who, points);
    return null;
  } catch (error) {
    if (error instanceof RateLimiterRes) return error.msBeforeNext;
    throw error;
  }
}

export function rateLimits(redis: Redis | null = null): RateLimits {
  const limiters = Object.fromEntries(
    Object.entries(LIMITS).map(([name, limit]) => [name, limiterOf(redis, name, limit)]),
  ) as Record<Limited, RateLimiterAbstract>;
  return {
    count: (what, who, calls = 1) => take(limiters[what], who, calls),
  };
}

export function passwordTries(redis: Redis | null = null): Ports["tries"] {
  const triesOf = (what: string): Tries => {
    const limiter = limiterOf(redis, what, TRIES);
    return {
      take: (name) => take(limiter, name, 1),
      async giveBack(name) {
        await limiter.reward(name);
      },
    };
  };
  return { signIn: triesOf("sign-in"), ownPassword: triesOf("own-password"), share: triesOf("share") };
}
