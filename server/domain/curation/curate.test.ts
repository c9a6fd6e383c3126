import { expect, it } from "vitest";
import type { Scores } from "#contracts/generation.ts";
import { CRITERIA } from "#contracts/terms.ts";
import { seedsOf } from "#server/domain/seeds.ts";
import { consensusOf, curate, isNearlySame, scoreOf } from "./curate.ts";
import { calibrated } from "./reference-quantiles.ts";

const even = (value: number): Scores => ({
  agreement: value,
  sharpness: value,
  contrast: value,
  exposure: value,
  clipping: value,
  soundness: value,
  composition: value,
  aesthetic: value,
  taste: value,
});
const unscored = { agreement: null, soundness: null, aesthetic: null, taste: null };
const middling: Scores = {
  ...unscored,
  sharpness: 0.45,
  contrast: 0.6,
  exposure: 0.88,
  clipping: 0.99,
  composition: 0.75,
};
let made = 0;
const judged = (part: Partial<Scores> = {}, hash = (++made * 0x0f0f_1234_5678).toString(16).padStart(16, "0")) => {
  const scores = { ...middling, agreement: 0.64, soundness: 0.92, ...part };
  return { scores, score: scoreOf(scores), hash };
};

it("scores 0 for the worst and 1 for the best of everything, with and without critics that need a model", () => {
  expect(scoreOf(even(0))).toBe(0);
  // Of many wholly unclipped pictures none is better than the others.
  expect(scoreOf(even(1))).toBeGreaterThan(0.97);
  expect(scoreOf({ ...even(0), ...unscored })).toBe(0);
  expect(scoreOf(judged().scores)).toBeCloseTo(0.5, 1);
  expect(scoreOf(middling)).toBeCloseTo(0.5, 1);
});

it("calibrates every critic to the share of pictures that are worse", () => {
  for (const name of CRITERIA) {
    const ranks = Array.from({ length: 101 }, (_, i) => calibrated(name, i / 100));
    for (const [i, rank] of ranks.entries()) {
      expect(rank).toBeGreaterThanOrEqual(ranks[i - 1] ?? 0);
      expect(rank).toBeLessThanOrEqual(1);
    }
  }
  expect(calibrated("sharpness", 0.4427)).toBeCloseTo(0.5);
  expect(calibrated("clipping", 1)).toBeCloseTo(0.85);
  expect(calibrated("aesthetic", 0.3)).toBe(0.3);
});

it("finds critics of one mind where they say alike, and of two where they do not", () => {
  expect(consensusOf({ ...even(0), clipping: 0 })).toBe(1);
  const torn = consensusOf({ ...unscored, sharpness: 1, contrast: 1, exposure: 0, clipping: 0, composition: 0 });
  expect(torn).toBeLessThan(0.1);
  expect(consensusOf(judged().scores)).toBeGreaterThan(0.8);
});

it("keeps the highest score, and the earlier of equals", () => {
  expect(curate([judged({ contrast: 0.1 }), judged({ sharpness: 0.9 }), judged()]).keptIndex).toBe(1);
  expect(curate([judged(), judged()]).keptIndex).toBe(0);
});

it("keeps the picture that shows what was asked for before the sharper one", () => {
  const { keptIndex, reason } = curate([judged({ sharpness: 1 }), judged({ agreement: 0.99 })]);
  expect(keptIndex).toBe(1);
  expect(reason).toMatch(/^Kept the second of 2: it has the most of what was asked for \(0.99\), 0.\d\d in all.$/);
});

it("does not claim a lead where there is none, nor over what was not scored", () => {
  const { reason } = curate([
    judged({ sharpness: 0.5, contrast: 0.63 }),
    judged({ sharpness: 0.9, contrast: 0.1 }),
    judged({ contrast: 0.9, sharpness: 0 }),
  ]);
  expect(reason).toContain("leads in nothing by itself");
  expect(curate([judged()]).reason).toMatch(/^The only candidate; its score is 0.\d\d.$/);
  expect(curate([judged({ agreement: 1 }), judged({ agreement: null })]).reason).toContain("leads in nothing");
});

it("does not keep what is nearly the same as a work she has, unless there is nothing else", () => {
  const [known, other] = ["00000000000000ff", "ffffffff00000000"];
  const better = judged({ sharpness: 0.9 }, "00000000000000f0");
  const { keptIndex, reason } = curate([better, judged({}, other)], [known]);
  expect(keptIndex).toBe(1);
  expect(reason).toContain("A better one is nearly the same as one she has.");
  expect(curate([judged({}, known), better], [known])).toMatchObject({ keptIndex: 1 });
  expect(curate([better], [known]).reason).toContain("It is nearly the same as one she has.");
  expect([isNearlySame(known, known), isNearlySame(known, other)]).toEqual([true, false]);
});

it("numbers seeds one by one, and starts over past 32 bits", () => {
  expect(seedsOf({ seed: 2 ** 32 - 2, count: 4 })).toEqual([4_294_967_294, 4_294_967_295, 0, 1]);
});
