/** How she grows: what she does and what is thought of it add up, on a curve that a person can live to see. */
import { FEEDBACK_WEIGHTS, type FeedbackAction } from "#contracts/mind.ts";

const FOR_A_PAINTING = 10;
const FOR_A_REACTION = 5;
/** Level n begins at this times (n - 1)². Five paintings and three reactions a day: level 10 within a month. */
const CURVE = 24;
const TITLES = [
  { from: 1, title: "Apprentice" },
  { from: 4, title: "Journeyman" },
  { from: 7, title: "Painter" },
  { from: 10, title: "Artist" },
  { from: 15, title: "Master" },
  { from: 25, title: "Old Master" },
];

/** Of a painting whose score stands at `quantile` among her recent ones, 0..1: a good one counts up to half as much again. */
export const experienceOfPainting = (quantile: number): number => Math.round(FOR_A_PAINTING * (1 + quantile / 2));

/** Any reaction teaches; a strong one, either way, more than a weak one. */
export const experienceOfReaction = (action: FeedbackAction): number =>
  Math.round(FOR_A_REACTION * (1 + Math.abs(FEEDBACK_WEIGHTS[action])) * 10) / 10;

export const levelOf = (experience: number): number => 1 + Math.floor(Math.sqrt(experience / CURVE));

/** What is needed in all to come to a level. */
export const experienceFor = (level: number): number => CURVE * (level - 1) ** 2;

export const titleOf = (level: number): string => TITLES.findLast(({ from }) => level >= from)!.title;

/** Share of `scores` that `score` is above, ties for a half; 0.5 where there are none to compare with. */
export function quantileAmong(score: number, scores: readonly number[]): number {
  if (scores.length === 0) return 0.5;
  const below = scores.filter((other) => other < score).length;
  const same = scores.filter((other) => other === score).length;
  return (below + same / 2) / scores.length;
}

/** Mean weight of reactions, -1..1; null where there are none. */
export const worthOf = (actions: readonly FeedbackAction[]): number | null =>
  actions.length === 0 ? null : actions.reduce((sum, action) => sum + FEEDBACK_WEIGHTS[action], 0) / actions.length;

/** Weights in [-1, 1] as rewards in [0, 1]. */
export const rewardOf = (action: FeedbackAction): number => (FEEDBACK_WEIGHTS[action] + 1) / 2;
