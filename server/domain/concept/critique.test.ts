import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Lexicon } from "#contracts/lexicon.ts";
import { MOODS } from "#contracts/mood-natures.ts";
import { Mood } from "#contracts/moods.ts";
import { readTheme, UNREAD } from "#contracts/theme.ts";
import { critique, likeness, moodAxes } from "./critique.ts";

const lexicon = Lexicon.parse(JSON.parse(readFileSync("models/aria/lexicon.json", "utf8")));
const read = (text: string) => readTheme(text, lexicon);
const lines = readFileSync("tests/critic/concepts.txt", "utf8").split("\n");
const recent = lines.flatMap((line) => (line.startsWith("recent: ") ? [read(line.slice("recent: ".length))] : []));
const ideas = lines
  .filter((line) => line.includes(" | "))
  .map((line) => {
    const [label = "", mood = "", text = ""] = line.split(" | ");
    return { label, mood: Mood.parse(mood), text };
  });

/** The chance that a good one scores above another, a tie for a half (Mann and Whitney 1947). */
function areaUnderCurve(good: readonly number[], poor: readonly number[]): number {
  const wins = good.flatMap((a) => poor.map((b): number => (a > b ? 1 : a === b ? 0.5 : 0)));
  return wins.reduce((sum, win) => sum + win, 0) / wins.length;
}

const judged = ideas.map(({ label, mood, text }) => ({
  label,
  text,
  verdict: critique(read(text), { mood, recent, knowsAllWords: false }),
}));
const scoresOf = (label: string) => judged.filter((one) => one.label === label).map(({ verdict }) => verdict.score);

it("tells ideas worth painting from the others: AUC at least 0.85 on over 200 that were labelled by hand", () => {
  expect(judged.length).toBeGreaterThanOrEqual(200);
  const poor = ["repeat", "clash", "unclear"].flatMap(scoresOf);
  expect(areaUnderCurve(scoresOf("good"), poor)).toBeGreaterThanOrEqual(0.85);
  for (const label of ["repeat", "clash", "unclear"])
    expect(areaUnderCurve(scoresOf("good"), scoresOf(label)), label).toBeGreaterThanOrEqual(0.85);
});

it("names the fault, and finds none in most good ideas", () => {
  const faultOf = { repeat: "repeats", clash: "clashes", unclear: "unclear", good: null };
  for (const [label, fault] of Object.entries(faultOf)) {
    const all = judged.filter((one) => one.label === label);
    const right = all.filter(({ verdict }) => verdict.fault === fault);
    expect(right.length / all.length, `${label}: ${right.length} of ${all.length}`).toBeGreaterThanOrEqual(0.75);
  }
});

it("says the same of the same idea", () => {
  const around = { mood: "serene", recent, knowsAllWords: false } as const;
  expect(critique(read("a lake at dawn"), around)).toEqual(critique(read("a lake at dawn"), around));
});

it("has nothing to say of the mood of an idea without labels, and takes a model at its word that knows all words", () => {
  const around = { mood: "bold", recent: [], knowsAllWords: true } as const;
  expect(critique({ ...UNREAD, unheard: ["hypotenuse"] }, around)).toMatchObject({
    novelty: 1,
    moodFit: null,
    clarity: 1,
    fault: null,
  });
  expect(critique({ ...UNREAD, unheard: ["zzzz"] }, around).fault).toBe("unclear");
});

it("finds an idea like itself, and unlike what shares nothing with it", () => {
  expect(likeness(read("a lake at dawn"), read("a lake at dawn"))).toBeCloseTo(1);
  expect(likeness(read("a lake at dawn"), read("a city at night"))).toBe(0);
});

it("feels a mood on every axis less as it fades", () => {
  for (const mood of MOODS) expect(Object.values(moodAxes(mood, 0))).toEqual(Array(10).fill(0.5));
  expect(moodAxes("chaotic", 0.5).drama).toBeCloseTo(0.5 + 0.45 * 0.5);
});
