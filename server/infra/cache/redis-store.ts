import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import type { CacheStore } from "./cache-store.ts";

const PREFIX = "aria:cache:";
/** As long as the slowest load takes, many times over: whoever dies over one is stood in for then. */
const CLAIM_MS = 8_000;
/** The database answers sooner. */
const COMMAND_MS = 500;
const CONNECT_MS = 1_000;
const RECONNECT_MS = { step: 100, most: 1_000 };

/** A claim is given back by whoever has it, and by nobody after them. */
const RELEASE = `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0`;

export interface RedisStore extends CacheStore {
  close(): void;
}

/** Nothing waits for a Redis that is away: it fails at once, and is tried again meanwhile. The first that asks opens it. */
export function redisStore(url: string, { ttlMs }: { ttlMs: number }): RedisStore {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_MS,
    connectTimeout: CONNECT_MS,
    retryStrategy: (times) => Math.min(times * RECONNECT_MS.step, RECONNECT_MS.most),
  });
  // Whoever asks is told.
  redis.on("error", () => {});
  let opening: Promise<void> | null = null;
  const open = async (): Promise<Redis> => {
    opening ??= redis.connect().catch(() => {});
    await opening;
    return redis;
  };
  return {
    get: async (key) => (await open()).get(PREFIX + key),
    async put(key, text) {
      await (await open()).set(PREFIX + key, text, "PX", ttlMs);
    },
    async claim(key) {
      const [name, token] = [`${PREFIX}${key}:claim`, randomUUID()];
      if ((await (await open()).set(name, token, "PX", CLAIM_MS, "NX")) === null) return null;
      return async () => void (await redis.eval(RELEASE, 1, name, token));
    },
    close: () => redis.disconnect(),
  };
}
