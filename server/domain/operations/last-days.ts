/** The latest days in a zone of the world, by its own midnights: one of 23 or 25 hours is a day like any other. */

export interface LastDays {
  /** As 2026-11-22, oldest first; the last is the one that `now` is in. */
  readonly names: readonly string[];
  /** When each begins, and when the last ends: one more than there are days. */
  readonly bounds: readonly Date[];
}

const DAY_MS = 86_400_000;

/** `timeZone`: a name of the IANA's list. Throws RangeError where it is none. */
export function lastDays(now: Date, count: number, timeZone: string): LastDays {
  const clock = clockIn(timeZone);
  const today = Date.parse(`${nameOf(clock(now))}T00:00:00Z`);
  const midnights = Array.from({ length: count + 1 }, (_, i) => today + (i - count + 1) * DAY_MS);
  return {
    names: midnights.slice(0, count).map((at) => nameOf(at)),
    bounds: midnights.map((at) => beginningOf(at, clock)),
  };
}

/** What a clock there shows, as if it showed UTC; in ms since 1970. */
type Clock = (at: Date) => number;

function clockIn(timeZone: string): Clock {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year, month, day, hour, minute, second } = parts as Record<string, number>;
    return Date.UTC(year!, month! - 1, day, hour, minute, second);
  };
}

const nameOf = (shown: number): string => new Date(shown).toISOString().slice(0, 10);

/**
 * The first moment at which a clock there shows that date. Where clocks change at midnight it is shown twice, or never: so it is
 * looked for by what the zone is ahead of UTC the day before, and the day after.
 */
function beginningOf(midnight: number, clock: Clock): Date {
  const aheadAt = (at: number): number => clock(new Date(at)) - at;
  const candidates = [aheadAt(midnight - DAY_MS), aheadAt(midnight + DAY_MS)].map((ahead) => midnight - ahead);
  const onThatDate = candidates.filter((at) => nameOf(clock(new Date(at))) === nameOf(midnight));
  return new Date(Math.min(...onThatDate));
}
