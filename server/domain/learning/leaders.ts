/** Which arm gave most, of each choice in each mood, by what reactions taught alone. */
import type { Dimension } from "#contracts/mind.ts";
import type { Mood } from "#contracts/moods.ts";
import type { Leader } from "#contracts/operations.ts";
import { type Evidence, posteriorsOf } from "./bandit.ts";

/** `mood` null: over all moods. */
export interface KnownArm extends Evidence {
  readonly mood: Mood | null;
  readonly dimension: Dimension;
}

/** Faded to less than this, an arm is as good as untried. */
const LEAST_TRIES = 0.05;

/** Over all moods first, then by mood; within one, in the order of the choices. What nobody reacted to leads nothing. */
export function leadersOf(arms: readonly KnownArm[], dimensions: readonly Dimension[]): Leader[] {
  const tried = arms.filter(({ successes, failures }) => successes + failures >= LEAST_TRIES);
  const moods = [...new Set(tried.map(({ mood }) => mood))].sort((a, b) => (a ?? "").localeCompare(b ?? ""));
  return moods.flatMap((mood) =>
    dimensions.flatMap((dimension) => {
      const known = tried.filter((one) => one.dimension === dimension);
      return leaderAmong(
        { mood, dimension },
        known.filter((one) => one.mood === mood),
        mood === null ? [] : known.filter((one) => one.mood === null),
      );
    }),
  );
}

function leaderAmong(
  of: Pick<Leader, "mood" | "dimension">,
  here: readonly Evidence[],
  everywhere: readonly Evidence[],
): Leader[] {
  const posteriors = posteriorsOf(
    here.map(({ arm }) => arm),
    here,
    everywhere,
  );
  const ranked = posteriors.map(({ arm, alpha, beta }, i) => ({
    ...of,
    arm,
    mean: alpha / (alpha + beta),
    tries: here[i]!.successes + here[i]!.failures,
  }));
  return ranked.sort((a, b) => b.mean - a.mean || b.tries - a.tries).slice(0, 1);
}
