/** What every cache keeps to, whatever it keeps its texts in. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { z } from "zod";
import type { CacheStore } from "#server/infra/cache/cache-store.ts";
import { storedCache } from "#server/infra/cache/stored-cache.ts";
import type { Cache, CacheEntry, CacheName, CacheResult } from "#server/ports.ts";

const Shape = z.object({ count: z.int(), at: z.date() });
type Value = z.infer<typeof Shape>;

/** One process over the store, and what it counted and told. */
export function processOver(store: CacheStore) {
  const counted: CacheResult[] = [];
  const told: string[] = [];
  const tell = (_facts: unknown, line?: string) => void told.push(line ?? String(_facts));
  const metrics = { cached: (_name: CacheName, result: CacheResult) => void counted.push(result) };
  return { cache: storedCache(store, { metrics, log: { info: tell, warn: tell } }), counted, told };
}

/** A load that takes a while, and how often it was begun. */
export function slowLoad(value: Value, tookMs = 40) {
  const load = async () => {
    load.times++;
    await sleep(tookMs);
    return value;
  };
  load.times = 0;
  return load;
}

const value = (count: number): Value => ({ count, at: new Date(count * 1_000) });
export const entry = (part: Partial<CacheEntry> = {}): CacheEntry => ({
  cache: "wall_outline",
  scope: "house",
  key: randomUUID(),
  version: "1",
  ...part,
});
export const ask = (cache: Cache, at: CacheEntry, load: () => Promise<Value>): Promise<Value> =>
  cache.through(at, Shape, load);

/** `open` gives the store as another process sees it, each time; `ttlMs` is how long it keeps. */
export function cacheContract(name: string, open: (ttlMs: number) => Promise<CacheStore>): void {
  const LONG_MS = 60_000;

  it(`${name}: keeps what was loaded, dates and all, and counts how it went`, async () => {
    const { cache, counted } = processOver(await open(LONG_MS));
    const at = entry();
    const load = slowLoad(value(7));
    expect([await ask(cache, at, load), await ask(cache, at, load)]).toEqual([value(7), value(7)]);
    expect(load.times).toBe(1);
    expect(counted).toEqual(["miss", "hit"]);
  });

  it(`${name}: gives nothing across scopes, keys, caches and versions`, async () => {
    const { cache } = processOver(await open(LONG_MS));
    const at = entry();
    const others = [{ scope: "ada" }, { key: "another" }, { cache: "wall_page" as const }, { version: "2" }];
    await ask(cache, at, slowLoad(value(0)));
    for (const [i, other] of others.entries())
      expect(await ask(cache, { ...at, ...other }, slowLoad(value(i + 1)))).toEqual(value(i + 1));
    // The last of a key's versions stands in its place.
    expect(await ask(cache, at, slowLoad(value(9)))).toEqual(value(9));
  });

  it(`${name}: reads a text that has not changed once, and anew when another process wrote over it`, async () => {
    const store = await open(LONG_MS);
    const [one, another] = [processOver(store).cache, processOver(store).cache];
    const at = entry();
    let read = 0;
    const parse = (kept: unknown) => {
      read++;
      return Shape.parse(kept);
    };
    const look = () => one.through(at, { parse }, slowLoad(value(1)));
    await ask(another, at, slowLoad(value(7)));
    expect([await look(), await look(), await look()]).toEqual([value(7), value(7), value(7)]);
    expect(read).toBe(1);
    await ask(another, { ...at, version: "2" }, slowLoad(value(8)));
    await ask(another, at, slowLoad(value(9)));
    expect([await look(), await look()]).toEqual([value(9), value(9)]);
    expect(read).toBe(2);
  });

  it(`${name}: a hundred who ask at once are one load`, async () => {
    const { cache, counted } = processOver(await open(LONG_MS));
    const [at, load] = [entry(), slowLoad(value(7))];
    const all = await Promise.all(Array.from({ length: 100 }, () => ask(cache, at, load)));
    expect(all).toEqual(Array(100).fill(value(7)));
    expect(load.times).toBe(1);
    expect(counted.filter((result) => result === "miss")).toHaveLength(1);
    expect(counted).toHaveLength(100);
  });

  it(`${name}: whoever asks after a write never gets what was being loaded before it`, async () => {
    const { cache } = processOver(await open(LONG_MS));
    const at = entry();
    const before = ask(cache, at, slowLoad(value(1), 80));
    await sleep(10);
    expect(await ask(cache, { ...at, version: "2" }, slowLoad(value(2), 1))).toEqual(value(2));
    expect(await before).toEqual(value(1));
    // The slow one came last, and is of the old version.
    expect(await ask(cache, { ...at, version: "2" }, slowLoad(value(2)))).toEqual(value(2));
  });

  it(`${name}: a load that fails fails for all who wait, and is tried anew`, async () => {
    const { cache } = processOver(await open(LONG_MS));
    const at = entry();
    const fail = async () => {
      await sleep(20);
      throw new RangeError("no such wall");
    };
    const all = await Promise.allSettled([ask(cache, at, fail), ask(cache, at, fail)]);
    expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await ask(cache, at, slowLoad(value(3)))).toEqual(value(3));
  });

  it(`${name}: what another Aria kept in another shape is loaded anew`, async () => {
    const { cache } = processOver(await open(LONG_MS));
    const at = entry();
    await cache.through(at, z.object({ total: z.int() }), async () => ({ total: 3 }));
    expect(await ask(cache, at, slowLoad(value(4)))).toEqual(value(4));
  });

  it(`${name}: forgets what nobody asked for`, async () => {
    const { cache, counted } = processOver(await open(30));
    const at = entry();
    await ask(cache, at, slowLoad(value(5)));
    await sleep(80);
    await ask(cache, at, slowLoad(value(5)));
    expect(counted).toEqual(["miss", "miss"]);
  });
}
