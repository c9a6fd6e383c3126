import type { BackupCard, BackupId } from "#contracts/backups.ts";

export interface Retention {
  /** Of how many days, and of how many weeks, the last backup is kept. */
  readonly daily: number;
  readonly weekly: number;
}

const DAY_MS = 86_400_000;
/** The epoch was a Thursday: this makes weeks begin on a Monday. */
const EPOCH_TO_MONDAY_DAYS = 3;
/** So many restores may be undone. */
const RESTORE_POINTS = 3;

const dayOf = (at: Date): number => Math.floor(at.getTime() / DAY_MS);
const weekOf = (at: Date): number => Math.floor((dayOf(at) + EPOCH_TO_MONDAY_DAYS) / 7);

/** The newest of each of the latest `count` periods that have one at all, by UTC. */
function newestOfEach(newestFirst: readonly BackupCard[], periodOf: (at: Date) => number, count: number): BackupCard[] {
  const newest = new Map<number, BackupCard>();
  for (const backup of newestFirst) {
    const period = periodOf(backup.madeAt);
    if (!newest.has(period)) newest.set(period, backup);
  }
  return [...newest.values()].slice(0, count);
}

/**
 * Those that go. What was made within a day stays, whoever asked for it; a damaged one takes no sound one's place; and the
 * last that is sound is never given up.
 */
export function superfluous(
  backups: readonly BackupCard[],
  { daily, weekly }: Retention,
  now: Date,
): readonly BackupId[] {
  const newestFirst = backups.toSorted((a, b) => b.madeAt.getTime() - a.madeAt.getTime());
  const sound = newestFirst.filter(({ faults }) => faults === 0);
  const regular = sound.filter(({ kind }) => kind !== "restore point");
  const stays = new Set([
    ...newestFirst.filter(({ madeAt }) => now.getTime() - madeAt.getTime() < DAY_MS),
    ...newestOfEach(regular, dayOf, daily),
    ...newestOfEach(regular, weekOf, weekly),
    ...sound.filter(({ kind }) => kind === "restore point").slice(0, RESTORE_POINTS),
    ...sound.slice(0, 1),
  ]);
  return newestFirst.filter((backup) => !stays.has(backup)).map(({ id }) => id);
}

/** Whether today has none yet that a person could go back to. A restore point is of what was given up. */
export const isDue = (backups: readonly BackupCard[], now: Date): boolean =>
  !backups.some(({ kind, faults, madeAt }) => kind !== "restore point" && faults === 0 && dayOf(madeAt) >= dayOf(now));

/** When the next is made by itself: at once where today has none, else as soon as the next day begins. */
export const nextDueAt = (backups: readonly BackupCard[], now: Date): Date =>
  isDue(backups, now) ? now : new Date((dayOf(now) + 1) * DAY_MS);
