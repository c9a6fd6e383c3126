import { expect, it } from "vitest";
import { seeded } from "#tests/seeded.ts";
import { boundary, confidenceSequence, firstDecided, type Observation } from "./confidence-sequence.ts";

/** By `normal_mixture_bound(v, alpha, 100, alpha, false)` of confseq 0.0.11's uniform_boundaries.h, compiled. */
it.each([
  [1, 0.05, 9.08437943731],
  [10, 0.05, 12.1907531463],
  [100, 0.05, 30.3520899038],
  [1_000, 0.05, 102.512286832],
  [25_000, 0.05, 582.91734587],
  [1, 0.01, 9.49323596716],
  [100, 0.01, 35.7162997087],
  [25_000, 0.01, 655.426999845],
])("at a variance of %d and alpha %d the bound is what its authors' code says", (variance, alpha, bound) => {
  expect(boundary(variance, alpha)).toBeCloseTo(bound, 8);
});

/** `rate` is how often a variant is received well. */
function outcomes(count: number, rates: { treated: number; usual: number }, share: number, rng: () => number) {
  return Array.from({ length: count }, (): Observation => {
    const isTreated = rng() < share;
    return { isTreated, share, value: rng() < (isTreated ? rates.treated : rates.usual) ? 1 : 0 };
  });
}

const ALPHA = 0.05;

it.each([
  { share: 0.5, rate: 0.5 },
  { share: 0.5, rate: 0.9 },
  { share: 0.2, rate: 0.6 },
])("looked at after each of 500 outcomes, 2,000 times over, it errs no oftener than it may: %o", ({ share, rate }) => {
  const rng = seeded(11);
  let wrong = 0;
  for (let run = 0; run < 2_000; run++)
    if (firstDecided(confidenceSequence(outcomes(500, { treated: rate, usual: rate }, share, rng), ALPHA))) wrong++;
  expect(wrong / 2_000).toBeLessThanOrEqual(ALPHA);
});

it("covers the true difference at all times, also while the share changes and tastes drift", () => {
  const rng = seeded(12);
  let missed = 0;
  for (let run = 0; run < 500; run++) {
    // Later the treatment is given more often, and everything is received better: a plain difference of means would be misled.
    const parts = [
      ...outcomes(200, { treated: 0.3, usual: 0.1 }, 0.2, rng),
      ...outcomes(200, { treated: 0.9, usual: 0.7 }, 0.7, rng),
    ];
    if (confidenceSequence(parts, ALPHA).some(({ lower, upper }) => lower > 0.2 || upper < 0.2)) missed++;
  }
  expect(missed / 500).toBeLessThanOrEqual(ALPHA);
});

it("decides for the better one, and for the usual one where that is better", () => {
  const rng = seeded(13);
  const better = firstDecided(confidenceSequence(outcomes(1_000, { treated: 0.8, usual: 0.5 }, 0.5, rng), ALPHA));
  const worse = firstDecided(confidenceSequence(outcomes(1_000, { treated: 0.4, usual: 0.7 }, 0.5, rng), ALPHA));
  expect([better?.isBetter, worse?.isBetter]).toEqual([true, false]);
  expect(better!.n).toBeLessThan(400);
});

it("starts as wide as can be, and counts by hand", () => {
  const [one, two] = confidenceSequence(
    [
      { isTreated: true, share: 0.5, value: 1 },
      { isTreated: false, share: 0.25, value: 0.8 },
    ],
    ALPHA,
  );
  expect(one).toEqual({ n: 1, difference: 1, lower: -1, upper: 1 });
  expect(two!.difference).toBeCloseTo((1 - 0.3 / 0.75) / 2, 12);
  expect(confidenceSequence([], ALPHA)).toEqual([]);
  expect(firstDecided([one!, two!])).toBeNull();
});

it.each([
  { share: 0, value: 0.5 },
  { share: 1, value: 0.5 },
  { share: 0.5, value: 1.2 },
  { share: 0.5, value: Number.NaN },
])("refuses %o", (part) => {
  expect(() => confidenceSequence([{ isTreated: true, ...part }], ALPHA)).toThrow(RangeError);
});
