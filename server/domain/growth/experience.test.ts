import { expect, it } from "vitest";
import {
  experienceFor,
  experienceOfPainting,
  experienceOfReaction,
  levelOf,
  quantileAmong,
  rewardOf,
  titleOf,
} from "./experience.ts";

it("brings who paints five and reacts to three a day to level 10 in about a month", () => {
  let [experience, days] = [0, 0];
  while (levelOf(experience) < 10) {
    days++;
    experience += 5 * experienceOfPainting(0.5) + 2 * experienceOfReaction("like") + experienceOfReaction("love");
  }
  expect(days).toBeGreaterThanOrEqual(20);
  expect(days).toBeLessThanOrEqual(35);
});

it("begins at level 1 and never falls back", () => {
  expect([levelOf(0), titleOf(1)]).toEqual([1, "Apprentice"]);
  for (let level = 1; level < 40; level++) {
    expect(levelOf(experienceFor(level))).toBe(level);
    expect(levelOf(experienceFor(level + 1) - 0.1)).toBe(level);
  }
  expect([titleOf(9), titleOf(10), titleOf(100)]).toEqual(["Painter", "Artist", "Old Master"]);
});

it("places a score among others, and says nothing where there are none", () => {
  expect(quantileAmong(3, [])).toBe(0.5);
  expect(quantileAmong(3, [1, 2, 3, 4])).toBe(0.625);
  expect(quantileAmong(9, [1, 2])).toBe(1);
});

it("makes rewards of 0 to 1 out of weights of -1 to 1", () => {
  expect([rewardOf("love"), rewardOf("like"), rewardOf("skip"), rewardOf("delete")]).toEqual([1, 0.85, 0.35, 0]);
});
