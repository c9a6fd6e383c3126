import { awaken, live } from "#server/domain/mood/live.ts";
import type { Ports } from "#server/ports.ts";

/** She is taken to have slept where nobody ran her for longer than this, and wakes as she was. */
const ASLEEP_AFTER_MS = 10 * 60_000;
/** Her inner life goes on in steps of this, at least. */
const STEP_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Lets every artist live up to now; called again and again by whoever runs. */
export function makeLiveOn({ artists, now, rng }: Pick<Ports, "artists" | "now" | "rng">) {
  return async function liveOn(): Promise<void> {
    for (const { id } of await artists.list()) {
      await artists.feel(id, now(), (artist, isNew) => {
        const hour = now().getHours();
        if (isNew) return { feeling: awaken(hour, rng), cause: "woke" };
        const passedMs = now().getTime() - artist.livedUntil.getTime();
        if (passedMs < STEP_MS) return null;
        const hours = passedMs > ASLEEP_AFTER_MS ? 0 : passedMs / HOUR_MS;
        // Nothing but the clock goes on over a sleep.
        return { feeling: hours === 0 ? artist : live(artist, { hours, hour }, rng), cause: "time" };
      });
    }
  };
}
