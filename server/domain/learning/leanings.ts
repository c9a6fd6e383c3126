/** What she has learned of a choice, as it is told to a person. */
import type { Dimension, Leaning } from "#contracts/mind.ts";
import { type Evidence, type Posterior, sharesOf } from "./bandit.ts";

/** Of each arm, the most tried first. */
export function leaningsOf(
  dimension: Dimension,
  posteriors: readonly Posterior[],
  here: readonly Evidence[],
): Leaning[] {
  const shares = sharesOf(posteriors);
  const leanings = posteriors.map(({ arm }) => {
    const { successes = 0, failures = 0 } = here.find((one) => one.arm === arm) ?? {};
    const tries = successes + failures;
    // Rewards in [0, 1] back to weights in [-1, 1].
    const worth = tries === 0 ? null : (2 * successes) / tries - 1;
    return { dimension, arm, share: shares.get(arm) ?? 0, tries, worth };
  });
  return leanings.sort((a, b) => b.share - a.share);
}
