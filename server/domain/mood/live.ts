/**
 * How a mood goes on: intensity and energy fade, time passes into another mood, and what happens to her moves her.
 * Time comes in hours, chance as a number in [0, 1).
 */

import { INFLUENCES, MOOD_NATURES, MOODS } from "#contracts/mood-natures.ts";
import type { Influence, Mood } from "#contracts/moods.ts";
import type { Rng } from "#server/domain/seeds.ts";

/** What she feels like. All but the mood in [0, 1]. */
export interface Feeling {
  readonly mood: Mood;
  readonly energy: number;
  readonly intensity: number;
}

const NEUTRAL: readonly Mood[] = ["contemplative", "serene", "introspective"];
const START = { energy: 0.5, intensity: 0.7 };
const START_BY_HOUR: readonly { readonly before: number; readonly moods: readonly Mood[] }[] = [
  { before: 6, moods: ["serene", "introspective", "contemplative"] },
  { before: 12, moods: ["energized", "playful", "bold"] },
  { before: 18, moods: ["rebellious", "chaotic", "playful"] },
  { before: 24, moods: ["contemplative", "melancholic", "serene"] },
];
const AFTER_GOOD_WORK: readonly Mood[] = ["bold", "energized", "playful"];
const AFTER_POOR_WORK: readonly Mood[] = ["introspective", "contemplative"];

const ENERGY_STEP = 0.1;
const ENERGY_FADES_PER_HOUR = 0.02;
const ENERGY_FLOOR = 0.2;
/** Of what the mood began with. */
const INTENSITY_FADES_PER_HOUR = 0.1;
const SPENT_BELOW = 0.3;
/** Mean hours after which a mood gives way by itself. */
const MEAN_STAY_HOURS = 5;
/** What a mood leads to, and what the hour of the day calls for, weigh more than the rest; but nothing weighs nothing. */
const WEIGHT = { linked: 3, ofTheHour: 1.6, other: 0.35 };
/** Many moods lead to calm ones and few to defiant ones: weighed back, so that each of them is lived. */
const BALANCE: Readonly<Record<Mood, number>> = {
  contemplative: 0.45,
  serene: 0.4,
  introspective: 0.4,
  playful: 1.1,
  melancholic: 1,
  energized: 1.6,
  bold: 1.7,
  chaotic: 1.5,
  rebellious: 1.5,
  restless: 2.2,
};
/** How readily good or poor work, and a person, change her mood rather than only her energy. */
const WORK_MOVES = 0.5;

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

const hourly = (hour: number): readonly Mood[] => START_BY_HOUR.find(({ before }) => hour < before)?.moods ?? NEUTRAL;

/** `hour` of the day, 0..24. */
export const awaken = (hour: number, rng: Rng): Feeling => ({ ...START, mood: pick(hourly(hour), rng) });

/** What she feels like `hours` later, at `hour` of the day. Steps of an hour and of five minutes lead the same ways. */
export function live(feeling: Feeling, { hours, hour }: { hours: number; hour: number }, rng: Rng): Feeling {
  const faded = fade(feeling, hours);
  const isSpent = faded.intensity < SPENT_BELOW && !NEUTRAL.includes(faded.mood);
  if (isSpent) return enter(faded, pick(NEUTRAL, rng));
  if (rng() >= 1 - Math.exp(-hours / MEAN_STAY_HOURS)) return faded;
  return enter(faded, next(faded.mood, hour, rng));
}

function fade({ mood, energy, intensity }: Feeling, hours: number): Feeling {
  const lost = INTENSITY_FADES_PER_HOUR * MOOD_NATURES[mood].intensity * hours;
  return {
    mood,
    energy: Math.max(Math.min(energy, ENERGY_FLOOR), energy - ENERGY_FADES_PER_HOUR * hours),
    intensity: Math.max(0, intensity - lost),
  };
}

const enter = ({ energy }: Feeling, mood: Mood): Feeling => ({
  mood,
  energy,
  intensity: MOOD_NATURES[mood].intensity,
});

function next(from: Mood, hour: number, rng: Rng): Mood {
  const linked = MOOD_NATURES[from].leadsTo;
  const called = hourly(hour);
  const weights = MOODS.map((mood) => {
    if (mood === from) return 0;
    const link = linked.includes(mood) ? WEIGHT.linked : WEIGHT.other;
    return link * (called.includes(mood) ? WEIGHT.ofTheHour : 1) * BALANCE[mood];
  });
  return MOODS[drawn(weights, rng)]!;
}

/** A person's doing always reaches her: the mood is one it leads to, felt as strongly as that mood is. */
export function influence(feeling: Feeling, by: Influence, rng: Rng): Feeling {
  const towards = INFLUENCES[by] as readonly Mood[];
  const mood = towards.includes(feeling.mood) ? feeling.mood : pick(towards, rng);
  const step = by === "calm" ? -ENERGY_STEP : ENERGY_STEP;
  const intensity = Math.max(feeling.mood === mood ? feeling.intensity : 0, MOOD_NATURES[mood].intensity);
  return { mood, energy: clamp(feeling.energy + step), intensity };
}

/** Where a score stands among recent ones, 0..1: the best third lifts her, the poorest fifth makes her think. */
export function afterWork(feeling: Feeling, quantile: number, rng: Rng): Feeling {
  const good = quantile >= 2 / 3;
  if (!good && quantile > 1 / 5) return feeling;
  const moved = { ...feeling, energy: clamp(feeling.energy + (good ? ENERGY_STEP : -ENERGY_STEP)) };
  const towards = good ? AFTER_GOOD_WORK : AFTER_POOR_WORK;
  if (towards.includes(feeling.mood) || rng() >= WORK_MOVES) return moved;
  return enter(moved, pick(towards, rng));
}

const pick = <T>(values: readonly T[], rng: Rng): T => values[Math.floor(rng() * values.length)]!;

/** An index, by weight. */
function drawn(weights: readonly number[], rng: Rng): number {
  let left = rng() * weights.reduce((sum, weight) => sum + weight, 0);
  const at = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return at === -1 ? weights.length - 1 : at;
}
