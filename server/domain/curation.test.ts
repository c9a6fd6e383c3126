import { expect, it } from "vitest";
import type { Scores } from "#contracts/generation.ts";
import { curate, scoreOf } from "./curation.ts";
import { seedsOf } from "./seeds.ts";

const even = (value: number): Scores => ({
  agreement: value,
  sharpness: value,
  contrast: value,
  exposure: value,
  clipping: value,
  soundness: value,
});
const unscored = { agreement: null, soundness: null };
const judged = (part: Partial<Scores> = {}) => {
  const scores = { ...even(0.5), ...part };
  return { scores, score: scoreOf(scores) };
};

it("scores 0 for the worst and 1 for the best of everything, with and without a scorer", () => {
  expect(scoreOf(even(0))).toBe(0);
  expect(scoreOf(even(1))).toBeCloseTo(1, 12);
  expect(scoreOf({ ...even(1), ...unscored })).toBeCloseTo(1, 12);
  expect(scoreOf({ ...even(0.25), ...unscored })).toBeCloseTo(0.25, 12);
});

it("keeps the highest score, and the earlier of equals", () => {
  expect(curate([judged({ contrast: 0.1 }), judged({ sharpness: 0.9 }), judged()]).keptIndex).toBe(1);
  expect(curate([judged(), judged()]).keptIndex).toBe(0);
});

it("keeps the picture that shows what was asked for before the sharper one", () => {
  const { keptIndex, reason } = curate([judged({ sharpness: 1 }), judged({ agreement: 0.9 })]);
  expect(keptIndex).toBe(1);
  expect(reason).toBe("Kept the second of 2: it has the most of what was asked for (0.90), 0.66 in all.");
});

it("names what the kept one leads in, and only that", () => {
  const { reason } = curate([judged({ ...unscored, contrast: 0.6 }), judged({ ...unscored, sharpness: 0.9 })]);
  expect(reason).toBe("Kept the second of 2: it has the sharpest drawing (0.90), 0.64 in all.");
});

it("does not claim a lead where there is none, nor over what was not scored", () => {
  const { reason } = curate([
    judged(),
    judged({ sharpness: 0.9, contrast: 0 }),
    judged({ contrast: 0.9, sharpness: 0 }),
  ]);
  expect(reason).toContain("leads in nothing by itself");
  expect(curate([judged()]).reason).toBe("The only candidate; its score is 0.50.");
  expect(curate([judged({ agreement: 1 }), judged({ agreement: null })]).reason).toContain("leads in nothing");
});

it("numbers seeds one by one, and starts over past 32 bits", () => {
  expect(seedsOf({ seed: 2 ** 32 - 2, count: 4 })).toEqual([4_294_967_294, 4_294_967_295, 0, 1]);
});
