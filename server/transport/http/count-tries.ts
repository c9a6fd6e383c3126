export const TRIES = 10;
export const TRIES_WITHIN_MS = 15 * 60_000;
/** So that whoever tries ever other names fills no memory. */
const MOST_NAMES = 10_000;

/** How often something was tried in vain of late, by its name. */
export interface Tries {
  /** Milliseconds until it may be tried again; null where it may now. */
  waitMs(name: string): number | null | Promise<number | null>;
  wrong(name: string): void | Promise<void>;
}

/** How often a password was wrong of late, by what it was tried on: ten times in a quarter of an hour, counted in this process. */
export function countTries(now: () => Date) {
  const tries = new Map<string, { count: number; since: number }>();
  const recent = (name: string) => {
    const last = tries.get(name);
    return last && now().getTime() - last.since < TRIES_WITHIN_MS ? last : null;
  };
  return {
    waitMs(name: string): number | null {
      const last = recent(name);
      return last && last.count >= TRIES ? last.since + TRIES_WITHIN_MS - now().getTime() : null;
    },
    wrong(name: string): void {
      const last = recent(name) ?? { count: 0, since: now().getTime() };
      const [oldest] = tries.keys();
      if (oldest !== undefined && tries.size >= MOST_NAMES) tries.delete(oldest);
      tries.set(name, { ...last, count: last.count + 1 });
    },
  };
}
