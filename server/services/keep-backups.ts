import type { BackupCard } from "#contracts/backups.ts";
import { isDue, superfluous } from "#server/domain/backups/retention.ts";
import type { Ports } from "#server/ports.ts";

type Deps = Pick<Ports, "backups" | "retention" | "now">;

/** Makes one, and gives up those that are not kept beside it. Null: one is being made already. */
export const makeBackUp =
  (deps: Deps) =>
  async (kind: "daily" | "asked", signal: AbortSignal): Promise<BackupCard | null> => {
    const made = await deps.backups.make(kind, signal);
    if (!made) return null;
    const { kept } = await deps.backups.read();
    const ids = superfluous(kept, deps.retention, deps.now());
    if (ids.length > 0) await deps.backups.remove(ids);
    return made;
  };

/** One a day, as soon as somebody is there to make it: a laptop sleeps at night. Null: there is one, or one is being made. */
export function makeBackUpDaily(deps: Deps) {
  const backUp = makeBackUp(deps);
  return async (signal: AbortSignal): Promise<BackupCard | null> =>
    isDue((await deps.backups.read()).kept, deps.now()) ? backUp("daily", signal) : null;
}
