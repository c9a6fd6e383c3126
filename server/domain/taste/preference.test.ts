import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Lexicon } from "#contracts/lexicon.ts";
import { readTheme, type Theme } from "#contracts/theme.ts";
import { axesOf } from "#server/domain/concept/critique.ts";
import { seeded } from "#tests/seeded.ts";
import { difference, featuresOf } from "./features.ts";
import { believe, chanceOf, type Duel, informationOf, learn } from "./preference.ts";

const lexicon = Lexicon.parse(JSON.parse(readFileSync("models/aria/lexicon.json", "utf8")));
const { vocabulary } = JSON.parse(readFileSync("models/aria/aria.json", "utf8"));

/** Pictures as the built-in model would paint them, without looks: 200 of any scene, style and palette. */
function worksFor(rng: () => number) {
  const pick = (words: readonly string[]) => words[Math.floor(rng() * words.length)]!;
  return Array.from({ length: 200 }, () => {
    const heard = readTheme(
      [pick(vocabulary.scene), pick(vocabulary.style), pick(vocabulary.palette)].join(", "),
      lexicon,
    );
    return { heard, features: featuresOf(heard, null) };
  });
}

/** Simulated people: what they like, in their own words, and how much. */
const PEOPLE: readonly [taste: string, likes: (heard: Theme) => number][] = [
  ["quiet pictures", (heard) => -6 * (axesOf(heard).drama ?? 0.5)],
  ["colour, and more of it", (heard) => 5 * (axesOf(heard).saturation ?? 0.5)],
  [
    "woodcuts and ink, nothing electric",
    ({ style }) =>
      ["woodcut", "ink", "ukiyo"].includes(style ?? "") ? 3 : ["neon", "glitch"].includes(style ?? "") ? -3 : 0,
  ],
  [
    "the sea, in cold colours",
    (heard) =>
      (["ocean", "waves", "islands"].includes(heard.scene ?? "") ? 2.5 : 0) -
      4 * (axesOf(heard).paletteTemperature ?? 0.5),
  ],
  ["abstract things", (heard) => 6 * (axesOf(heard).abstraction ?? 0.5)],
  [
    "warm landscapes, no cities",
    ({ scene, palette }) =>
      (["sunset", "autumn", "redgold", "ember"].includes(palette ?? "") ? 2.5 : 0) -
      (["city", "geo", "cells", "flow"].includes(scene ?? "") ? 2.5 : 0),
  ],
];

/** The share of pairs not seen before in which the model agrees with the person, after so many duels. */
function agreementAfter(count: number, likes: (heard: Theme) => number, seed: number): number {
  const rng = seeded(seed);
  const works = worksFor(rng);
  const pair = () => [works[Math.floor(rng() * works.length)]!, works[Math.floor(rng() * works.length)]!] as const;
  const prefersFirst = ([a, b]: ReturnType<typeof pair>) => rng() < 1 / (1 + Math.exp(likes(b.heard) - likes(a.heard)));
  const duels: Duel[] = [];
  let taste = learn(duels);
  for (let i = 0; i < count; i++) {
    const pairs = Array.from({ length: 60 }, pair);
    const told = pairs.map(([a, b]) => informationOf(believe(taste, difference(a.features, b.features))));
    const asked = pairs[told.indexOf(Math.max(...told))]!;
    const [first, second] = prefersFirst(asked) ? asked : [asked[1], asked[0]];
    duels.push({ difference: difference(first.features, second.features) });
    taste = learn(duels);
  }
  // A person is who they are, not how they waver: where they hardly care, nobody can be right.
  const tests = Array.from({ length: 400 }, pair).filter(([a, b]) => Math.abs(likes(a.heard) - likes(b.heard)) > 0.5);
  const right = tests.filter(
    ([a, b]) => chanceOf(believe(taste, difference(a.features, b.features))) > 0.5 === likes(a.heard) > likes(b.heard),
  );
  return right.length / tests.length;
}

it.each(PEOPLE.map(([taste]) => taste))(
  "agrees with who likes %s on at least 75 %% after 40 duels, in the mean of five",
  (taste) => {
    const likes = PEOPLE.find(([name]) => name === taste)![1];
    const shares = [1, 2, 3, 4, 5].map((seed) => agreementAfter(40, likes, seed));
    expect(shares.reduce((sum, share) => sum + share, 0) / 5).toBeGreaterThanOrEqual(0.75);
  },
);

it("finds the mode and the variance of one duel as they are by hand", () => {
  // One duel, one feature of length 2: f = k (1 - sigmoid(f)) with k = 4 is at 1.2785; W = s(1 - s).
  const taste = learn([{ difference: Float64Array.of(2) }]);
  const f = 4 * taste.gradient[0]!;
  expect(f).toBeCloseTo(4 * (1 - 1 / (1 + Math.exp(-f))), 6);
  const { mean, variance } = believe(taste, Float64Array.of(2));
  const w = taste.roots[0]! ** 2;
  expect(mean).toBeCloseTo(f, 6);
  expect(variance).toBeCloseTo(4 - (16 * w) / (1 + 4 * w), 6);
});

it("knows nothing before the first duel, and more about what it was asked", () => {
  const x = Float64Array.of(1, 0, 2);
  expect(chanceOf(believe(learn([]), x))).toBe(0.5);
  const taste = learn([{ difference: x }]);
  expect(chanceOf(believe(taste, x))).toBeGreaterThan(0.6);
  expect(
    chanceOf(
      believe(
        taste,
        x.map((value) => -value),
      ),
    ),
  ).toBeCloseTo(1 - chanceOf(believe(taste, x)));
  expect(believe(taste, Float64Array.of(0, 3, 0))).toEqual({ mean: 0, variance: 9 });
  expect(informationOf(believe(taste, x))).toBeLessThan(informationOf(believe(learn([]), x)));
  expect(informationOf({ mean: 0, variance: 0 })).toBeCloseTo(0, 5);
});

it("compares pictures without looks by what they are of alone", () => {
  const heard = readTheme("a lake, woodcut", lexicon);
  const [seen, unseen] = [featuresOf(heard, Float32Array.of(0.6, 0.8)), featuresOf(heard, null)];
  expect(seen.length).toBe(unseen.length + 2);
  expect(Math.max(...difference(seen, unseen).map(Math.abs))).toBe(0);
});
