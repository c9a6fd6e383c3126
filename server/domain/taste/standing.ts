/** Whether a taste is known well enough to be listened to. */
import type { TasteStanding } from "#contracts/duels.ts";

const FEWEST_CHECKS = 8;
/** One-sided, 95 %. */
const Z = 1.645;

interface Answered {
  readonly foreseen: number;
  readonly isCheck: boolean;
}

export function standingOf(duels: readonly Answered[]): TasteStanding {
  // Before the first answer every guess is even, and none.
  const checks = duels.filter(({ isCheck, foreseen }) => isCheck && foreseen !== 0.5);
  const right = checks.filter(({ foreseen }) => foreseen > 0.5).length;
  const n = checks.length;
  const isHeard = n >= FEWEST_CHECKS && right > n / 2 + (Z * Math.sqrt(n)) / 2;
  return { duels: duels.length, checks: n, right, isHeard };
}
