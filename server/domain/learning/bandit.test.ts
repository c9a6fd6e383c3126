import { expect, it } from "vitest";
import { seeded } from "#tests/seeded.ts";
import { choose, fadeBetween, HALF_LIFE_DAYS, posteriorsOf, sharesOf } from "./bandit.ts";

const ARMS = ["ink wash", "oil painting", "watercolor"];

it("tries everything alike while nothing is known", () => {
  const rng = seeded(1);
  const posteriors = posteriorsOf(ARMS, []);
  for (const share of sharesOf(posteriors).values()) expect(share).toBeCloseTo(1 / 3, 6);
  const tried = Array.from({ length: 3_000 }, () => choose(posteriors, rng));
  for (const arm of ARMS) expect(tried.filter((one) => one === arm).length / 3_000).toBeCloseTo(1 / 3, 1);
});

it("says truly how often it will try each", () => {
  const rng = seeded(2);
  const here = [
    { arm: "ink wash", successes: 6, failures: 2 },
    { arm: "oil painting", successes: 3, failures: 3 },
  ];
  const posteriors = posteriorsOf(ARMS, here);
  const shares = sharesOf(posteriors);
  expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  const tried = Array.from({ length: 20_000 }, () => choose(posteriors, rng));
  for (const arm of ARMS) expect(tried.filter((one) => one === arm).length / 20_000).toBeCloseTo(shares.get(arm)!, 1.9);
});

it("agrees with scipy: P(Beta(5, 2.5) > Beta(2.5, 5)) = 0.9178", () => {
  // 2.5 times Beta(2, 1) and Beta(1, 2), by the reshaping; scipy.integrate.quad of one's density times the other's share below.
  const posteriors = posteriorsOf(
    ["a", "b"],
    [
      { arm: "a", successes: 1, failures: 0 },
      { arm: "b", successes: 0, failures: 1 },
    ],
  );
  expect(sharesOf(posteriors).get("a")).toBeCloseTo(0.9178, 3);
});

it("lets what was learned in other moods count a little, and once", () => {
  const all = [{ arm: "ink wash", successes: 40, failures: 0 }];
  const [ink, oil] = posteriorsOf(ARMS, [], all);
  expect(ink).toEqual({ arm: "ink wash", alpha: 2, beta: 1 });
  expect(oil).toEqual({ arm: "oil painting", alpha: 1, beta: 1 });
  const [same] = posteriorsOf(ARMS, all, all);
  expect(same).toEqual({ arm: "ink wash", alpha: 41, beta: 1 });
});

it("explores 15 % of the time where it is greedy", () => {
  const rng = seeded(3);
  const posteriors = posteriorsOf(ARMS, [{ arm: "watercolor", successes: 5, failures: 0 }]);
  const tried = Array.from({ length: 10_000 }, () => choose(posteriors, rng, "epsilon-greedy"));
  // A third of the exploring falls on the best.
  const shares = sharesOf(posteriors, "epsilon-greedy");
  expect(shares.get("watercolor")).toBeCloseTo(0.9);
  expect(shares.get("ink wash")).toBeCloseTo(0.05);
  expect(tried.filter((arm) => arm === "watercolor").length / 10_000).toBeCloseTo(0.9, 1.7);
});

it("forgets half of it in ninety days", () => {
  const from = new Date("2026-01-01T00:00:00Z");
  const to = new Date(from.getTime() + HALF_LIFE_DAYS * 86_400_000);
  expect(fadeBetween(from, to)).toBeCloseTo(0.5);
  expect(fadeBetween(to, from)).toBe(1);
});

it("has no choice among nothing", () => {
  expect(() => choose([], seeded(1))).toThrow(RangeError);
});
