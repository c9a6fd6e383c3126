import type { Scores } from "#contracts/generation.ts";
import { CRITERIA } from "#contracts/terms.ts";
import { calibrated } from "./reference-quantiles.ts";

/**
 * How much each counts. That a picture shows what was asked for comes first; sharpness and contrast tell candidates of
 * one prompt apart most; the others are mostly good or mostly bad together. They sum to 1; those of missing critics are
 * shared out among the rest, so that a score stays in [0, 1] with or without them.
 */
const WEIGHTS = {
  agreement: 0.32,
  aesthetic: 0.1,
  taste: 0.1,
  composition: 0.1,
  sharpness: 0.11,
  contrast: 0.09,
  exposure: 0.06,
  clipping: 0.04,
  soundness: 0.08,
} as const satisfies Record<keyof Scores, number>;
const PRAISE = {
  agreement: "the most of what was asked for",
  aesthetic: "the most to please",
  taste: "the most of what you prefer",
  composition: "the best composition",
  sharpness: "the sharpest drawing",
  contrast: "the fullest contrast",
  exposure: "the best exposure",
  clipping: "the least lost in black and white",
  soundness: "the fewest flaws",
} as const satisfies Record<keyof Scores, string>;
const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
/** Two scores nearer than this look alike to a person. */
const NOTICEABLE = 0.01;

/** Bits of 64 in which pictures may differ and still look the same. */
const NEARLY_SAME_BITS = 6;
/** The largest standard deviation of values in [0, 1]. */
const WIDEST_SPREAD = 0.5;

const known = (scores: Scores): [name: keyof Scores, value: number][] =>
  CRITERIA.flatMap((name) => {
    const value = scores[name];
    return value === null ? [] : [[name, calibrated(name, value)] as [keyof Scores, number]];
  });

/** Weighted mean of what the critics there are say, as shares of pictures that are worse, 0..1. */
export function scoreOf(scores: Scores): number {
  const said = known(scores);
  const weights = said.reduce((sum, [name]) => sum + WEIGHTS[name], 0);
  return said.reduce((sum, [name, value]) => sum + (WEIGHTS[name] / weights) * value, 0);
}

/** How much the critics agree with each other: 1 less their spread, over the widest there is. */
export function consensusOf(scores: Scores): number {
  const values = known(scores).map(([, value]) => value);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return 1 - Math.sqrt(variance) / WIDEST_SPREAD;
}

/** By their difference hashes of 16 hex digits. */
export function isNearlySame(a: string, b: string): boolean {
  let bits = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  for (; bits > 0n; bits >>= 1n) count += Number(bits & 1n);
  return count <= NEARLY_SAME_BITS;
}

export interface Judged {
  readonly scores: Scores;
  readonly score: number;
  readonly hash: string;
}

/**
 * Index of the best candidate that is not nearly the same as a work she has, the earlier one on a tie, and why, in words
 * made from the numbers. Where all of them are, it is the best of all.
 */
export function curate(
  candidates: readonly [Judged, ...Judged[]],
  workHashes: readonly string[] = [],
): { keptIndex: number; reason: string } {
  const isNew = candidates.map(({ hash }) => !workHashes.some((work) => isNearlySame(hash, work)));
  const isNoneNew = !isNew.includes(true);
  let keptIndex = isNoneNew ? 0 : isNew.indexOf(true);
  for (const [i, { score }] of candidates.entries())
    if ((isNoneNew || isNew[i]) && score > candidates[keptIndex]!.score) keptIndex = i;
  const passed = isNoneNew
    ? 0
    : isNew.filter((fresh, i) => !fresh && candidates[i]!.score > candidates[keptIndex]!.score).length;
  const notes = [
    isNoneNew && "It is nearly the same as one she has.",
    passed > 0 && `${passed === 1 ? "A better one is" : `${passed} better ones are`} nearly the same as one she has.`,
  ];
  return { keptIndex, reason: [reasonFor(candidates, keptIndex), ...notes].filter(Boolean).join(" ") };
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
