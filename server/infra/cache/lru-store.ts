import { LRUCache } from "lru-cache";
import type { CacheStore } from "./cache-store.ts";

/** What a text takes besides its characters: key, links, dates. A guess on the safe side. */
const OVERHEAD_BYTES = 256;

/** In the memory of this process, what was asked for last the longest. A text counts two bytes a character, as V8 may take. */
export function lruStore({ maxBytes, ttlMs }: { maxBytes: number; ttlMs: number }): CacheStore {
  const texts = new LRUCache<string, string>({
    maxSize: maxBytes,
    ttl: ttlMs,
    sizeCalculation: (text, key) => 2 * (text.length + key.length) + OVERHEAD_BYTES,
  });
  return {
    get: async (key) => texts.get(key) ?? null,
    put: async (key, text) => void texts.set(key, text),
    // Nobody else shares it.
    claim: async () => async () => {},
  };
}
