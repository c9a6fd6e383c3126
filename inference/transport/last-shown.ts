/** What was shown last of an order, for whoever comes to watch it: in this process, and in Redis where others hold their sockets. */
import type { Redis } from "ioredis";
import type { OrderProgress, Stroke } from "#contracts/generation-events.ts";

export interface Shown {
  readonly progress: OrderProgress | null;
  readonly stroke: Stroke | null;
}

export interface LastShown {
  keep(orderId: string, shown: Partial<Shown>): void;
  read(orderId: string): Promise<Shown>;
  /** What is under way here as far as is known, for those who have missed it. */
  own(): Shown[];
}

/** Long enough for a page that reloads to see how it ended. */
const REMEMBER_MS = 60_000;
/** Of one under way: a process that died has left it behind. */
const FORGET_MS = 10 * 60_000;
const NOTHING: Shown = { progress: null, stroke: null };

export const isOver = (progress: OrderProgress): boolean => /^(painted|failed|cancelled)$/.test(progress.state);

export function lastShownHere(): LastShown {
  const kept = new Map<string, Shown>();
  return {
    keep(orderId, shown) {
      kept.set(orderId, { ...(kept.get(orderId) ?? NOTHING), ...shown });
      if (shown.progress && isOver(shown.progress)) setTimeout(() => kept.delete(orderId), REMEMBER_MS).unref();
    },
    read: async (orderId) => kept.get(orderId) ?? NOTHING,
    own: () => [...kept.values()],
  };
}

const keyOf = (orderId: string): string => `aria:shown:${orderId}`;

/** Redis that is away is no reason to fail: then each process knows of its own orders alone. */
export function lastShownIn(redis: Redis): LastShown {
  const here = lastShownHere();
  return {
    keep(orderId, shown) {
      here.keep(orderId, shown);
      const { progress, stroke } = shown;
      const fields = {
        ...(progress && { progress: JSON.stringify(progress) }),
        ...(stroke && {
          stroke: JSON.stringify({ ...stroke, image: undefined }),
          image: Buffer.from(stroke.image),
        }),
      };
      const key = keyOf(orderId);
      const ttlMs = progress && isOver(progress) ? REMEMBER_MS : FORGET_MS;
      redis
        .multi()
        .hset(key, fields)
        .pexpire(key, ttlMs)
        .exec()
        .catch(() => {});
    },
    async read(orderId) {
      const own = await here.read(orderId);
      if (own.progress) return own;
      const { progress, stroke, image } = await redis
        .hgetallBuffer(keyOf(orderId))
        .catch((): Record<string, Buffer> => ({}));
      return {
        progress: progress ? (JSON.parse(String(progress)) as OrderProgress) : null,
        stroke: stroke && image ? ({ ...JSON.parse(String(stroke)), image: bytesOf(image) } as Stroke) : null,
      };
    },
    own: here.own,
  };
}

const bytesOf = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer;
