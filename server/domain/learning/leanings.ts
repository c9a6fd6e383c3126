/** What she has learned of a choice, as it is told to a person. */
import type { Dimension, Leaning } from "#contracts/mind.ts";
import { type Learned, type Posterior, sharesOf } from "./bandit.ts";

/** Of each arm, the most tried first. */
export function leaningsOf(
  dimension: Dimension,
  posteriors: readonly Posterior[],
  { here, policy }: Pick<Learned, "here" | "policy">,
): Leaning[] {
  const shares = sharesOf(posteriors, policy);
  const leanings = posteriors.map(({ arm }) => {
    const { successes = 0, failures = 0 } = here.find((one) => one.arm === arm) ?? {};
    const tries = successes + failures;
    // Rewards in [0, 1] back to weights in [-1, 1].
    const worth = tries === 0 ? null : (2 * successes) / tries - 1;
    const share = shares.get(arm) ?? 0;
    return { dimension, arm, share: round(share), tries: round(tries), worth: worth === null ? null : round(worth) };
  });
  return leanings.sort((a, b) => b.share - a.share);
}

/** As much as can be told of evidence that fades by the second, and stays the same for whoever asks twice. */
const round = (value: number): number => Math.round(value * 1_000) / 1_000;
