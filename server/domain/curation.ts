import { TECHNICAL_CRITERIA, type TechnicalScores } from "#contracts/generation.ts";

/**
 * How much each measurement counts. Sharpness and contrast tell candidates of one prompt apart most; exposure and
 * clipping are mostly good or mostly bad together. The weights sum to 1, so that the score stays in [0, 1].
 */
const WEIGHTS = { sharpness: 0.35, contrast: 0.3, exposure: 0.2, clipping: 0.15 } as const satisfies TechnicalScores;
const PRAISE = {
  sharpness: "the sharpest drawing",
  contrast: "the fullest contrast",
  exposure: "the best exposure",
  clipping: "the least lost in black and white",
} as const satisfies Record<keyof TechnicalScores, string>;
const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
/** Two scores nearer than this look alike to a person. */
const NOTICEABLE = 0.01;

/** Weighted mean of the technical scores, 0 (poor) to 1 (good). */
export const scoreOf = (technical: TechnicalScores): number =>
  TECHNICAL_CRITERIA.reduce((sum, name) => sum + WEIGHTS[name] * technical[name], 0);

export interface Judged {
  readonly technical: TechnicalScores;
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
  if (candidates.length === 1) return `The only candidate; its technical score is ${total}.`;
  const rivals = candidates.filter((_, i) => i !== keptIndex);
  const leads = TECHNICAL_CRITERIA.filter((name) =>
    rivals.every((rival) => kept.technical[name] - rival.technical[name] > NOTICEABLE),
  ).map((name) => `${PRAISE[name]} (${kept.technical[name].toFixed(2)})`);
  const which = `Kept the ${ORDINALS[keptIndex] ?? `${keptIndex + 1}th`} of ${candidates.length}`;
  if (leads.length > 0) return `${which}: it has ${inWords(leads)}, ${total} in all.`;
  return `${which}: the best balance, ${total} in all, though it leads in nothing by itself.`;
}

const inWords = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
