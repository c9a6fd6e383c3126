import { expect, it } from "vitest";
import { type KnownArm, leadersOf } from "./leaders.ts";

const arm = (part: Partial<KnownArm>): KnownArm => ({
  mood: null,
  dimension: "style",
  arm: "ink",
  successes: 0,
  failures: 0,
  ...part,
});
const DIMENSIONS = ["style", "palette"] as const;

it("names the arm with the best posterior, over all moods and in each", () => {
  const arms = [
    arm({ mood: "serene", arm: "ink", successes: 1, failures: 1 }),
    arm({ mood: "serene", arm: "watercolor", successes: 3, failures: 1 }),
    arm({ arm: "ink", successes: 8, failures: 2 }),
    arm({ arm: "watercolor", successes: 3, failures: 1 }),
    arm({ dimension: "palette", arm: "dusk", successes: 1, failures: 0 }),
  ];
  const leaders = leadersOf(arms, DIMENSIONS);
  expect(leaders.map(({ mood, dimension, arm: led }) => [mood, dimension, led])).toEqual([
    [null, "style", "ink"],
    [null, "palette", "dusk"],
    ["serene", "style", "watercolor"],
  ]);
  // (1 + 8) / (2 + 10); in a mood, what all the others say counts as one try at most: nothing is left of watercolor's here.
  expect(leaders.map(({ mean, tries }) => [mean, tries])).toEqual([
    [9 / 12, 10],
    [2 / 3, 1],
    [4 / 6, 4],
  ]);
});

it("leans on the other moods by one try at most", () => {
  const arms = [
    arm({ mood: "playful", arm: "ink", successes: 1, failures: 1 }),
    arm({ arm: "ink", successes: 11, failures: 1 }),
  ];
  // Elsewhere 10 of 10 went well: that counts as one that did.
  expect(leadersOf(arms, DIMENSIONS)[1]).toMatchObject({ mood: "playful", mean: 3 / 5, tries: 2 });
});

it("has no leader where nothing was reacted to, or all of it has faded", () => {
  expect(leadersOf([], DIMENSIONS)).toEqual([]);
  expect(leadersOf([arm({ successes: 0.02, failures: 0.02 })], DIMENSIONS)).toEqual([]);
});
