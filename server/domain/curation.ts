import { CRITERIA, type Scores } from "#contracts/generation.ts";

/**
 * How much each counts. That a picture shows what was asked for comes first; sharpness and contrast tell candidates of
 * one prompt apart most; the others are mostly good or mostly bad together. They sum to 1; those of missing scores are
 * shared out among the rest, so that a score stays in [0, 1] with or without a scorer.
 */
const WEIGHTS = {
  agreement: 0.4,
  sharpness: 0.18,
  contrast: 0.15,
  exposure: 0.1,
  clipping: 0.07,
  soundness: 0.1,
} as const satisfies Record<keyof Scores, number>;
const PRAISE = {
  agreement: "the most of what was asked for",
  sharpness: "the sharpest drawing",
  contrast: "the fullest contrast",
  exposure: "the best exposure",
  clipping: "the least lost in black and white",
  soundness: "the fewest flaws",
} as const satisfies Record<keyof Scores, string>;
const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
/** Two scores nearer than this look alike to a person. */
const NOTICEABLE = 0.01;

/** Weighted mean of the scores there are, 0 (poor) to 1 (good). */
export function scoreOf(scores: Scores): number {
  let [sum, weights] = [0, 0];
  for (const name of CRITERIA) {
    const value = scores[name];
    if (value === null) continue;
    sum += WEIGHTS[name] * value;
    weights += WEIGHTS[name];
  }
  return sum / weights;
}

export interface Judged {
  readonly scores: Scores;
  readonly score: number;
}

/** Index of the best candidate, the earlier one on a tie, and why, in words made from the numbers. */
export function curate(candidates: readonly [Judged, ...Judged[]]): { keptIndex: number; reason: string } {
  let keptIndex = 0;
  for (const [i, candidate] of candidates.entries()) {
    if (candidate.score > candidates[keptIndex]!.score) keptIndex = i;
  }
  return { keptIndex, reason: reasonFor(candidates, keptIndex) };
}

function reasonFor(candidates: readonly Judged[], keptIndex: number): string {
  const kept = candidates[keptIndex]!;
  const total = kept.score.toFixed(2);
  if (candidates.length === 1) return `The only candidate; its score is ${total}.`;
  const rivals = candidates.filter((_, i) => i !== keptIndex);
  const leads = CRITERIA.flatMap((name) => {
    const value = kept.scores[name];
    const isLead = value !== null && rivals.every(({ scores }) => value - (scores[name] ?? 1) > NOTICEABLE);
    return isLead ? [`${PRAISE[name]} (${value.toFixed(2)})`] : [];
  });
  const which = `Kept the ${ORDINALS[keptIndex] ?? `${keptIndex + 1}th`} of ${candidates.length}`;
  if (leads.length > 0) return `${which}: it has ${inWords(leads)}, ${total} in all.`;
  return `${which}: the best balance, ${total} in all, though it leads in nothing by itself.`;
}

const inWords = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
