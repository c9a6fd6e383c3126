export const TRIES = 10;
export const TRIES_WITHIN_MS = 15 * 60_000;
/** So that whoever tries ever other names fills no memory. */
const MOST_NAMES = 10_000;

/** How often something was tried of late, by its name. */
export interface Tries {
  /**
   * Takes one, before it is known whether it is right: of those tried at once none comes for nothing. Milliseconds until it may
   * be tried again; null where it may now.
   */
  take(name: string): number | null | Promise<number | null>;
  /** It was right, or none. */
  giveBack(name: string): void | Promise<void>;
}

/** How often a password was tried in vain of late, by what on: ten times in a quarter of an hour, counted in this process. */
export function countTries(now: () => Date): Tries {
  const tries = new Map<string, { count: number; since: number }>();
  const recent = (name: string) => {
    const last = tries.get(name);
    return last && now().getTime() - last.since < TRIES_WITHIN_MS ? last : null;
  };
  return {
    take(name) {
      const last = recent(name) ?? { count: 0, since: now().getTime() };
      if (last.count >= TRIES) return last.since + TRIES_WITHIN_MS - now().getTime();
      const [oldest] = tries.keys();
      if (oldest !== undefined && tries.size >= MOST_NAMES) tries.delete(oldest);
      tries.set(name, { ...last, count: last.count + 1 });
      return null;
    },
    giveBack(name) {
      const last = recent(name);
      if (last) tries.set(name, { ...last, count: last.count - 1 });
    },
  };
}
