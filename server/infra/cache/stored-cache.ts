/** A cache over any store: versions, one load at a time, and what becomes of a store that is away. */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import superjson from "superjson";
import type { Cache, CacheEntry, CacheResult, Metrics } from "#server/ports.ts";
import type { CacheStore } from "./cache-store.ts";

/** What is longer is not kept: it would push out everything else. */
const MOST_CHARACTERS = 8_000_000;
/** A store that failed is left alone for so long, and nobody waits for it. */
const LEFT_ALONE_MS = 1_000;
/** How long the load of another process is waited for. */
const WAIT_MS = 10_000;
const LOOK_EVERY_MS = 25;
/** Of what was read last, by the length of its text. */
const READ_CHARACTERS = 4_000_000;

export interface Told {
  readonly metrics: Pick<Metrics, "cached">;
  readonly log: Pick<Logger, "info" | "warn">;
}

interface Shape<T> {
  parse(value: unknown): T;
}

/** Under one key lies one version at a time: what is out of date is written over, and takes no room. */
const nameOf = ({ cache, scope, key }: CacheEntry): string =>
  `${cache}:${scope}:${createHash("sha256").update(key).digest("base64url")}`;

export function storedCache(store: CacheStore, told: Told): Cache {
  const { metrics } = told;
  const ask = makeAsk(told);
  const flights = new Map<string, Promise<unknown>>();

  /** A text that has not changed is read once: what is given is shared, and nobody's to change. */
  const readings = new LRUCache<string, Reading>({
    maxSize: READ_CHARACTERS,
    sizeCalculation: ({ text }) => text.length,
  });

  async function find<T>(at: CacheEntry, shape: Shape<T>): Promise<{ value: T } | null> {
    const name = nameOf(at);
    const text = await store.get(name);
    if (text === null) return null;
    const known = readings.get(name);
    if (known?.text === text && known.version === at.version) return { value: known.value as T };
    const found = read(text, at.version, shape);
    if (found) readings.set(name, { text, version: at.version, value: found.value });
    return found;
  }

  /** Once nobody else loads it: what they kept meanwhile, or the right to load it oneself. */
  async function findOrClaim<T>(at: CacheEntry, shape: Shape<T>) {
    const until = Date.now() + WAIT_MS;
    for (;;) {
      const release = await store.claim(`${nameOf(at)}:${at.version}`);
      // Whoever had the right may have kept it, and gone, since it was looked for.
      const found = await find(at, shape);
      if (found || release || Date.now() > until) return { found, release };
      await sleep(LOOK_EVERY_MS);
    }
  }

  async function answer<T>(at: CacheEntry, shape: Shape<T>, load: () => Promise<T>): Promise<T> {
    const count = (result: CacheResult) => metrics.cached(at.cache, result);
    const first = await ask(() => find(at, shape));
    if (first.isAway) {
      count("error");
      return load();
    }
    const turn = first.answer ? null : await ask(() => findOrClaim(at, shape));
    const found = first.answer ?? turn?.answer?.found;
    const release = turn?.answer?.release;
    try {
      count(found ? "hit" : "miss");
      if (found) return found.value;
      const value = await load();
      const text = superjson.stringify({ version: at.version, value });
      if (text.length <= MOST_CHARACTERS) await ask(() => store.put(nameOf(at), text));
      return value;
    } finally {
      if (release) await ask(release);
    }
  }

  return {
    through<T>(at: CacheEntry, shape: Shape<T>, load: () => Promise<T>): Promise<T> {
      // Of this version alone: a load that began before a write does not know of it.
      const name = `${nameOf(at)}:${at.version}`;
      const flight = flights.get(name) as Promise<T> | undefined;
      if (flight !== undefined) {
        metrics.cached(at.cache, "hit");
        return flight;
      }
      const own = answer(at, shape, load).finally(() => flights.delete(name));
      flights.set(name, own);
      return own;
    },
  };
}

interface Reading {
  readonly text: string;
  readonly version: string;
  readonly value: unknown;
}

/** Null where it is of another version, or of another Aria's shape. */
function read<T>(text: string, version: string, shape: Shape<T>): { value: T } | null {
  try {
    const kept = superjson.parse<{ version: string; value: unknown }>(text);
    return kept.version === version ? { value: shape.parse(kept.value) } : null;
  } catch {
    return null;
  }
}

type Asked<T> = { readonly isAway: false; readonly answer: T } | { readonly isAway: true; readonly answer: null };

/** Asks the store, but for a while after it has failed. Who watches is told once that it is away, and once that it is back. */
function makeAsk({ log }: Told): <T>(what: () => Promise<T>) => Promise<Asked<T>> {
  let awayUntil = 0;
  let isAway = false;
  return async (what) => {
    if (Date.now() < awayUntil) return { isAway: true, answer: null };
    try {
      const answer = await what();
      if (isAway) log.info("the cache answers again");
      isAway = false;
      return { isAway, answer };
    } catch (err) {
      if (!isAway) log.warn({ err }, "the cache does not answer: everything is read from the database");
      isAway = true;
      awayUntil = Date.now() + LEFT_ALONE_MS;
      return { isAway, answer: null };
    }
  };
}
