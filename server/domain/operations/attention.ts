/** What whoever looks after Aria should hear of first. */
import type { Check } from "#contracts/health.ts";
import type { Attention } from "#contracts/operations.ts";

/** A laptop that slept for a day has not failed at anything. */
const BACKUP_LATE_MS = 48 * 3_600_000;

interface Facts {
  readonly checks: readonly Pick<Check, "name" | "ok">[];
  /** Titles of models that could not be opened. */
  readonly brokenModels: readonly string[];
  /** Orders that failed within a day. */
  readonly failed: number;
  readonly backups: readonly { readonly madeAt: Date; readonly faults: number }[];
  /** Since when there is something to back up. */
  readonly since: Date;
  readonly isPaused: boolean;
  readonly waiting: number;
  readonly now: Date;
}

/** In the order of how much it matters; empty where all is well. */
export function attentionFor(facts: Facts): Attention[] {
  const { checks, brokenModels, failed, backups, isPaused, waiting } = facts;
  const damaged = backups.filter(({ faults }) => faults > 0).length;
  return [
    ...checks.filter(({ ok }) => !ok).map(({ name }) => ({ kind: "check" as const, name })),
    ...brokenModels.map((title) => ({ kind: "model" as const, title })),
    ...(failed > 0 ? [{ kind: "failed" as const, count: failed }] : []),
    ...(damaged > 0 ? [{ kind: "damagedBackup" as const, count: damaged }] : []),
    ...lateBackup(facts),
    ...(isPaused ? [{ kind: "paused" as const, waiting }] : []),
  ];
}

function lateBackup({ backups, since, now }: Facts): Attention[] {
  const sound = backups.filter(({ faults }) => faults === 0).map(({ madeAt }) => madeAt.getTime());
  const newest = sound.length === 0 ? null : Math.max(...sound);
  if (now.getTime() - (newest ?? since.getTime()) < BACKUP_LATE_MS) return [];
  return [{ kind: "lateBackup", since: newest === null ? null : new Date(newest) }];
}
