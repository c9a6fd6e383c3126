import { expect, it } from "vitest";
import { INFLUENCES, MOOD_NATURES, MOODS } from "#contracts/mood-natures.ts";
import type { Influence } from "#contracts/moods.ts";
import { seeded } from "#tests/seeded.ts";
import { afterWork, awaken, type Feeling, influence, live } from "./live.ts";

function lifeOf(hours: number, step: number, seed: number) {
  const rng = seeded(seed);
  let feeling = awaken(9, rng);
  const spent = new Map<string, number>(MOODS.map((mood) => [mood, 0]));
  let changes = 0;
  for (let at = 0; at < hours; at += step) {
    const after = live(feeling, { hours: step, hour: (9 + at) % 24 }, rng);
    if (after.mood !== feeling.mood) changes++;
    feeling = after;
    spent.set(feeling.mood, spent.get(feeling.mood)! + step / hours);
  }
  return { shares: Object.fromEntries(spent), changes };
}

it.each([
  ["an hour", 1, 1],
  ["five minutes", 1 / 12, 2],
])("lives every mood at least 4 %% of 10,000 hours, in steps of %s", (_what, step, seed) => {
  const { shares, changes } = lifeOf(10_000, step, seed);
  for (const mood of MOODS) expect(shares[mood], mood).toBeGreaterThanOrEqual(0.04);
  expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  // A mood is something to be in: not over in minutes, nor there for days.
  expect(10_000 / changes).toBeGreaterThan(2);
  expect(10_000 / changes).toBeLessThan(8);
});

it("fades, and falls back to a calm mood once it is spent", () => {
  const never = () => 0.999_999;
  let feeling: Feeling = { mood: "chaotic", energy: 0.9, intensity: 0.9 };
  feeling = live(feeling, { hours: 1, hour: 12 }, never);
  expect(feeling).toMatchObject({ mood: "chaotic", energy: 0.88 });
  expect(feeling.intensity).toBeCloseTo(0.81);
  for (let hour = 0; hour < 7; hour++) feeling = live(feeling, { hours: 1, hour: 12 }, never);
  expect(["contemplative", "serene", "introspective"]).toContain(feeling.mood);
  for (let hour = 0; hour < 100; hour++) feeling = live(feeling, { hours: 1, hour: 12 }, never);
  expect(feeling.energy).toBeCloseTo(0.2);
});

it.each(Object.keys(INFLUENCES) as Influence[])("%s always leads where it should, and is felt", (by) => {
  const rng = seeded(3);
  for (const mood of MOODS) {
    const before = { mood, energy: 0.5, intensity: 0.1 };
    const after = influence(before, by, rng);
    expect(INFLUENCES[by]).toContain(after.mood);
    expect(after.intensity).toBe(MOOD_NATURES[after.mood].intensity);
    expect(after.energy).toBeCloseTo(by === "calm" ? 0.4 : 0.6);
  }
});

it("is lifted by work that is among her best, made thoughtful by her poorest, and left alone by the rest", () => {
  const before: Feeling = { mood: "serene", energy: 0.5, intensity: 0.2 };
  const always = () => 0;
  expect(afterWork(before, 0.9, always)).toMatchObject({ mood: "bold", energy: 0.6 });
  expect(afterWork(before, 0.1, always)).toMatchObject({ mood: "introspective", energy: 0.4 });
  expect(afterWork(before, 0.5, always)).toEqual(before);
});
