/** Her thoughts in words. Every one is made from what is so: what she feels, knows, chose, and what was measured. */
import type { Choice, Leaning } from "#contracts/mind.ts";
import { STYLE_AXES, type StyleAxis } from "#contracts/mood-natures.ts";
import type { Mood } from "#contracts/moods.ts";
import { moodAxes, type Verdict } from "#server/domain/concept/critique.ts";
import type { Concept, Rejected } from "#server/domain/concept/propose.ts";
import type { Feeling } from "#server/domain/mood/live.ts";

const DAY_MS = 86_400_000;
const HOURS = [
  { before: 5, words: "It is night" },
  { before: 12, words: "It is morning" },
  { before: 18, words: "It is afternoon" },
  { before: 24, words: "It is evening" },
];

/** Who it is for: somebody who asked, nobody, or herself once more. */
export function askedFor(theme: string, isFree: boolean): string {
  if (theme !== "") return `I am asked for "${theme}".`;
  return isFree ? "Nobody asked for anything: what comes is mine." : "I go back to something of my own.";
}

/** `hour` of the day, 0..24. */
export function observe({ mood, energy, intensity }: Feeling, hour: number, asked: string): string {
  const strongly = intensity > 0.65 ? "strongly" : intensity > 0.35 ? "quietly" : "hardly, by now";
  const awake = energy > 0.66 ? "and wide awake" : energy < 0.34 ? "and tired" : "and awake enough";
  const time = HOURS.find(({ before }) => hour < before)?.words ?? "It is night";
  return `${time}. I feel ${mood}, ${strongly}, ${awake}. ${asked}`;
}

export interface Recalled {
  readonly title: string;
  readonly likeness: number;
  readonly worth: number | null;
  readonly createdAt: Date;
}

export const reflectOnNothing = (): string => "Nothing of mine hangs yet: there is nothing behind me to look at.";

export const reflectOnUnlike = (works: number): string =>
  works === 1
    ? "The one work I remember is nothing like this."
    : `Of the ${works} works I remember, none is like this.`;

export function reflectOnLike({ title, likeness, worth, createdAt }: Recalled, now: Date): string {
  const how = likeness > 0.9 ? "nearly this" : likeness > 0.6 ? "something close to it" : "a distant cousin of it";
  return `I have painted ${how}: "${title}", ${ago(createdAt, now)}. ${received(worth)}`;
}

export const reflectOnLast = ({ title, worth, createdAt }: Omit<Recalled, "likeness">, now: Date): string =>
  `The last thing I painted was "${title}", ${ago(createdAt, now)}. ${received(worth)}`;

function received(worth: number | null): string {
  if (worth === null) return "Nobody has said yet what they think of it.";
  if (worth >= 0.85) return "It was loved.";
  if (worth > 0) return "It was liked.";
  return "It was not wanted.";
}

/** By days of the calendar. */
export function ago(then: Date, now: Date): string {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(now) - midnight(then)) / DAY_MS);
  if (days < 1) return "today";
  return days === 1 ? "yesterday" : `${days} days ago`;
}

const FAULTS = {
  repeats: "I have been there too lately",
  clashes: "it is not how I feel",
  unclear: "I would not know how to paint it",
} as const;

export const givenUp = ({ prompt, fault }: Rejected): string => `"${prompt}"? No: ${FAULTS[fault]}.`;

export function decided({ prompt, verdict }: Pick<Concept, "prompt" | "verdict">): string {
  const { fault } = verdict;
  const still = fault === null ? "" : ` ${capital(FAULTS[fault])}, but so be it.`;
  return `I will paint "${prompt}". ${measured(verdict)}${still}`;
}

const measured = ({ novelty, moodFit, clarity }: Verdict): string => {
  const fit = moodFit === null ? "" : `, ${moodFit.toFixed(2)} to my mood`;
  return `It is ${novelty.toFixed(2)} new to me${fit}, and ${clarity.toFixed(2)} clear.`;
};

export const asAsked = ({ arm }: Choice): string => `${capital(arm)} is what I was asked for.`;

/** Why she reached for an arm. */
export function reasonOf({ arm, share, tries, worth }: Leaning, mood: Mood): string {
  const percent = Math.round(100 * share);
  const often = `I reach for ${arm} ${percent < 1 ? "hardly ever" : `${percent} % of the time`} when ${mood}`;
  if (worth === null || tries < 0.5) return `${often}: it suits the mood, as far as anybody has told me.`;
  const how =
    worth > 0.5
      ? "because it was received well"
      : worth > 0
        ? "because it was received kindly"
        : "though it was not received well";
  return `${often}, ${how} (${worth.toFixed(2)} over ${count(Math.round(tries), "reaction")}).`;
}

const HIGH: Readonly<Record<StyleAxis, string>> = {
  abstraction: "abstract",
  saturation: "full of colour",
  complexity: "dense",
  drama: "dramatic",
  symmetry: "balanced",
  novelty: "unheard of",
  lineQuality: "hard-edged",
  paletteTemperature: "warm",
  motion: "in motion",
  symbolism: "meant as more than it shows",
};
const LOW: Readonly<Record<StyleAxis, string>> = {
  abstraction: "plain to see",
  saturation: "sparing with colour",
  complexity: "simple",
  drama: "quiet",
  symmetry: "off balance",
  novelty: "familiar",
  lineQuality: "soft-edged",
  paletteTemperature: "cool",
  motion: "still",
  symbolism: "no more than it shows",
};
const SAID = 3;

/** The axes on which her mood pulls hardest: "quiet, still and cool". */
function pulls({ mood, intensity }: Feeling): string {
  const axes = moodAxes(mood, intensity);
  const pull = (axis: StyleAxis) => Math.abs(axes[axis] - 0.5);
  const words = STYLE_AXES.toSorted((a, b) => pull(b) - pull(a))
    .slice(0, SAID)
    .map((axis) => (axes[axis] > 0.5 ? HIGH : LOW)[axis]);
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

export const create = (modelTitle: string, { steps }: { steps: number }, why: string): string =>
  `I take ${modelTitle}, ${count(steps, "step")} to a picture. ${why}`;

const AFTER: Readonly<Record<Mood, string>> = {
  contemplative: "Considered",
  chaotic: "Breaking",
  melancholic: "Remembered",
  energized: "Rising",
  rebellious: "Refusing",
  serene: "at Rest",
  restless: "Leaving",
  playful: "at Play",
  introspective: "from Within",
  bold: "Declared",
};
const SMALL_WORDS = new Set([
  "a",
  "an",
  "and",
  "at",
  "by",
  "for",
  "from",
  "in",
  "of",
  "on",
  "or",
  "over",
  "the",
  "to",
  "with",
]);
const LONGEST_TITLE = 48;

export const express = (feeling: Feeling): string => `I want it ${pulls(feeling)}.`;

/** The subject's first words, and how she felt about them. */
export function titleFor(subject: string, mood: Mood): string {
  const [first = ""] = subject.split(/[,.;:]/);
  const words = first.trim().split(/\s+/);
  const kept: string[] = [];
  for (const word of words) if ([...kept, word].join(" ").length <= LONGEST_TITLE) kept.push(word);
  const cased = kept.map((word, i) =>
    i > 0 && SMALL_WORDS.has(word.toLowerCase()) ? word.toLowerCase() : capital(word),
  );
  return `${cased.join(" ") || "Untitled"}, ${AFTER[mood]}`;
}

export function statementFor(
  subject: string,
  { theme, isFree, feeling, verdict }: { theme: string; isFree: boolean; feeling: Feeling; verdict: Verdict },
): string {
  const own = isFree ? `Nobody asked for ${subject}; I did.` : `I went back to ${subject}.`;
  const whose = theme === "" ? own : `I was asked for ${subject}.`;
  const novel =
    verdict.novelty > 0.66 ? "It is new ground for me." : verdict.novelty < 0.34 ? "I keep coming back to it." : "";
  return [whose, `I was ${feeling.mood}, and wanted it ${pulls(feeling)}.`, novel].filter(Boolean).join(" ");
}

/** What she remembers of a work. */
export function memoryOf(
  title: string,
  { quantile, score, count: candidates }: { quantile: number; score: number; count: number },
): string {
  const how =
    quantile >= 2 / 3 ? "among my better ones" : quantile <= 1 / 5 ? "not one of my best" : "an honest day's work";
  const chosen = candidates === 1 ? "" : `, chosen from ${candidates}`;
  return `I painted "${title}"${chosen}: ${how}, by my own measure ${score.toFixed(2)}.`;
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
