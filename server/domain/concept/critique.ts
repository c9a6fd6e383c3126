/**
 * What she thinks of an idea before she paints it: is it new to her, does it suit how she feels, and will the model
 * understand it? Deterministic; all figures 0 (poor) to 1 (good).
 */

import { type Axes, MOOD_NATURES, STYLE_AXES, type StyleAxis } from "#contracts/mood-natures.ts";
import type { Mood } from "#contracts/moods.ts";
import { LABEL_KINDS, type Theme } from "#contracts/theme.ts";
import { LABEL_AXES } from "./label-axes.ts";

export interface Verdict {
  /** 1 less the likeness to the nearest of the recent works. */
  readonly novelty: number;
  /** Nearness to the mood on the style axes that the idea says anything of; null where it says nothing of any. */
  readonly moodFit: number | null;
  /** How much of it the model was taught. */
  readonly clarity: number;
  /** Weighted geometric mean: an idea is as good as what is worst of it lets it be. */
  readonly score: number;
  /** What it is rejected for; null: she likes it. */
  readonly fault: Fault | null;
}
export type Fault = "repeats" | "clashes" | "unclear";

export interface Surroundings {
  readonly mood: Mood;
  /** What was painted lately, the latest first. */
  readonly recent: readonly Theme[];
  /** Whether the model was taught by everyday words, and understands what her own vocabulary does not hold. */
  readonly knowsAllWords: boolean;
}

/** How much of two ideas' likeness each part decides. */
const WEIGHTS = { scene: 0.5, style: 0.2, palette: 0.15, time: 0.1 } as const;
const EXTRA_WEIGHT = 0.12;
const UNHEARD_WEIGHT = 0.3;
/** With every work in between, a likeness counts this much less. */
const FADES = 0.96;
/** What an idea without a subject is worth. */
const WITHOUT_SUBJECT = 0.45;
/** A mean distance on the axes at which an idea suits the mood not at all. */
const OPPOSITE = 0.55;
const COUNTS = { novelty: 0.3, moodFit: 0.4, clarity: 0.3 } as const;
const NEEDED = { novelty: 0.2, moodFit: 0.45, clarity: 0.4 } as const;

type Features = ReadonlyMap<string, number>;

/** An idea as a vector: a coordinate for each label, each thing to be seen, and each word that is no label. */
function featuresOf({ extras, unheard, ...labels }: Theme): Features {
  const features = new Map<string, number>();
  for (const kind of LABEL_KINDS) if (labels[kind]) features.set(`${kind}:${labels[kind]}`, Math.sqrt(WEIGHTS[kind]));
  for (const extra of extras) features.set(`extra:${extra}`, Math.sqrt(EXTRA_WEIGHT));
  for (const word of unheard) features.set(`word:${word}`, Math.sqrt(UNHEARD_WEIGHT));
  return features;
}

/** Cosine, 0..1; ideas that say nothing are like nothing. */
export function likeness(a: Theme, b: Theme): number {
  const [first, second] = [featuresOf(a), featuresOf(b)];
  const length = (features: Features) => Math.hypot(...features.values());
  const product = [...first].reduce((sum, [key, value]) => sum + value * (second.get(key) ?? 0), 0);
  return product === 0 ? 0 : product / (length(first) * length(second));
}

export function critique(idea: Theme, { mood, recent, knowsAllWords }: Surroundings): Verdict {
  const novelty = 1 - Math.max(0, ...recent.map((work, i) => likeness(idea, work) * FADES ** i));
  const moodFit = fitOf(axesOf(idea), MOOD_NATURES[mood].axes);
  const clarity = clarityOf(idea, knowsAllWords);
  const score = Math.exp(
    COUNTS.novelty * log(novelty) + COUNTS.moodFit * log(moodFit ?? NEEDED.moodFit) + COUNTS.clarity * log(clarity),
  );
  const fault =
    clarity < NEEDED.clarity
      ? "unclear"
      : novelty < NEEDED.novelty
        ? "repeats"
        : moodFit !== null && moodFit < NEEDED.moodFit
          ? "clashes"
          : null;
  return { novelty, moodFit, clarity, score, fault };
}

const log = (value: number): number => Math.log(Math.max(value, 0.01));

/** v' = 0.5 + (v - 0.5) * intensity: a mood that is hardly felt pulls hardly anywhere. */
export function moodAxes(mood: Mood, intensity: number): Axes {
  const { axes } = MOOD_NATURES[mood];
  const scaled = STYLE_AXES.map((axis) => [axis, 0.5 + (axes[axis] - 0.5) * intensity] as const);
  return Object.fromEntries(scaled) as Record<StyleAxis, number>;
}

/** The mean of what its labels say of each axis; nothing of those they do not speak of. */
export function axesOf(idea: Theme): Partial<Axes> {
  const told = new Map<StyleAxis, number[]>();
  for (const kind of LABEL_KINDS) {
    const axes = LABEL_AXES[kind][idea[kind] ?? ""] ?? {};
    for (const axis of STYLE_AXES) {
      const value = axes[axis];
      if (value !== undefined) told.set(axis, [...(told.get(axis) ?? []), value]);
    }
  }
  return Object.fromEntries(
    [...told].map(([axis, values]) => [axis, values.reduce((sum, value) => sum + value, 0) / values.length]),
  );
}

/** A mood is met where it is strong: an axis it does not care about hardly counts. */
export function fitOf(idea: Partial<Axes>, felt: Axes): number | null {
  let [off, weights] = [0, 0];
  for (const axis of STYLE_AXES) {
    const value = idea[axis];
    if (value === undefined) continue;
    const weight = 0.1 + Math.abs(felt[axis] - 0.5);
    off += weight * Math.abs(value - felt[axis]);
    weights += weight;
  }
  return weights === 0 ? null : Math.max(0, 1 - off / weights / OPPOSITE);
}

function clarityOf(idea: Theme, knowsAllWords: boolean): number {
  if (knowsAllWords) return heardIn(idea) + idea.unheard.filter(isWord).length === 0 ? 0 : 1;
  return shareHeard(idea) * (idea.scene ? 1 : WITHOUT_SUBJECT);
}

const heardIn = ({ scene, style, palette, time, extras }: Theme): number =>
  [scene, style, palette, time].filter(Boolean).length + extras.length;

/** Labels and things heard, over these and the words that were not; 0 of what says nothing. */
export const shareHeard = (idea: Theme): number => heardIn(idea) / Math.max(1, heardIn(idea) + idea.unheard.length);

/** No letters run together by chance. */
const isWord = (text: string): boolean => /[aeiouy\u00c0-\uffff]/i.test(text) && text.length > 1;
