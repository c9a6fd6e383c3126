/** When she next paints unasked: as boredom, energy and curiosity have it, outside quiet hours and within a day's budget. */
import type { Autonomy } from "#contracts/mind.ts";

/** Hours between two works of a middling day. */
const USUAL_GAP_HOURS = 3;
const HOUR_MS = 3_600_000;

export interface Day {
  readonly now: Date;
  /** Works she began unasked since midnight. */
  readonly begunToday: number;
  readonly energy: number;
  readonly curiosity: number;
  /** How she takes to idleness today, 0..1. */
  readonly chance: number;
}

/** Whether an hour of the day lies in the quiet ones, which may go over midnight; from and to alike is never. */
export const isQuiet = (hour: number, { quietFrom, quietTo }: Pick<Autonomy, "quietFrom" | "quietTo">): boolean =>
  quietFrom <= quietTo ? hour >= quietFrom && hour < quietTo : hour >= quietFrom || hour < quietTo;

/** Never in the past: what was missed is not made up for. */
export function planNext(settings: Autonomy, { now, begunToday, energy, curiosity, chance }: Day): Date {
  const gapHours = USUAL_GAP_HOURS * (1.5 - energy) * (1.25 - 0.5 * curiosity) * (0.5 + chance);
  const wanted = new Date(now.getTime() + gapHours * HOUR_MS);
  const spent = begunToday >= settings.dailyBudget;
  return afterQuiet(spent ? later(wanted, tomorrow(now)) : wanted, settings);
}

function afterQuiet(at: Date, settings: Autonomy): Date {
  if (!isQuiet(at.getHours(), settings)) return at;
  const end = new Date(at);
  end.setHours(settings.quietTo, 0, 0, 0);
  if (end <= at) end.setDate(end.getDate() + 1);
  return end;
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);

function tomorrow(now: Date): Date {
  const day = new Date(now);
  day.setDate(day.getDate() + 1);
  day.setHours(0, 0, 0, 0);
  return day;
}

export function midnightBefore(now: Date): Date {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day;
}

/** Why she does not begin now; null: she may. "unplanned" is one who may paint and has not said when. */
export function heldBackBy(
  settings: Autonomy,
  now: Date,
  begunToday: number,
): "off" | "unplanned" | "waiting" | "quiet" | "budget" | null {
  if (!settings.isOn) return "off";
  if (settings.nextAt === null) return "unplanned";
  if (settings.nextAt > now) return "waiting";
  if (isQuiet(now.getHours(), settings)) return "quiet";
  return begunToday >= settings.dailyBudget ? "budget" : null;
}
