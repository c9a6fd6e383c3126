import { expect, it } from "vitest";
import { curate, scoreOf } from "./curation.ts";
import { seedsOf } from "./seeds.ts";

const judged = (sharpness: number, contrast: number, exposure = 0.5, clipping = 0.5) => {
  const technical = { sharpness, contrast, exposure, clipping };
  return { technical, score: scoreOf(technical) };
};

it("scores 0 for the worst and 1 for the best of everything", () => {
  expect(scoreOf({ sharpness: 0, contrast: 0, exposure: 0, clipping: 0 })).toBe(0);
  expect(scoreOf({ sharpness: 1, contrast: 1, exposure: 1, clipping: 1 })).toBeCloseTo(1, 12);
});

it("keeps the highest score, and the earlier of equals", () => {
  expect(curate([judged(0.2, 0.2), judged(0.9, 0.2), judged(0.5, 0.5)]).keptIndex).toBe(1);
  expect(curate([judged(0.5, 0.5), judged(0.5, 0.5)]).keptIndex).toBe(0);
});

it("names what the kept one leads in, and only that", () => {
  const { reason } = curate([judged(0.3, 0.8), judged(0.9, 0.6)]);
  expect(reason).toBe("Kept the second of 2: it has the sharpest drawing (0.90), 0.67 in all.");
});

it("does not claim a lead where there is none", () => {
  const { reason } = curate([judged(0.6, 0.6, 0.6, 0.6), judged(0.9, 0.1, 0.9, 0.1), judged(0.1, 0.9, 0.1, 0.9)]);
  expect(reason).toContain("leads in nothing by itself");
  expect(curate([judged(0.5, 0.5)]).reason).toBe("The only candidate; its technical score is 0.50.");
});

it("numbers seeds one by one, and starts over past 32 bits", () => {
  expect(seedsOf({ seed: 2 ** 32 - 2, count: 4 })).toEqual([4_294_967_294, 4_294_967_295, 0, 1]);
});
