import { expect, it } from "vitest";
import { composeSketch, lightOf, type Plan, SCENE_NAMES } from "./compose-sketch.ts";

const plan: Plan = { scene: "waves", palette: "melancholy", time: "night", extras: ["lighthouse"] };
const size = { seed: 7, widthPx: 128, heightPx: 64 };

it.each(SCENE_NAMES)("lays out %s with more than one colour, inside [-1, 1]", (scene) => {
  const sketch = composeSketch({ ...plan, scene }, size);
  expect(sketch).toHaveLength(3 * 128 * 64);
  expect(sketch.every((value) => value >= -1 && value <= 1)).toBe(true);
  expect(new Set(sketch.map((value) => Math.round(value * 20))).size).toBeGreaterThan(8);
});

it("is the same for the same plan and seed, and another for another seed", () => {
  expect(composeSketch(plan, size)).toEqual(composeSketch(plan, size));
  expect(composeSketch(plan, { ...size, seed: 8 })).not.toEqual(composeSketch(plan, size));
});

it("shows the lighthouse that was asked for, where there is water", () => {
  const without = composeSketch({ ...plan, extras: [] }, size);
  const changed = composeSketch(plan, size).filter((value, i) => Math.abs(value - without[i]!) > 0.2).length;
  expect(changed).toBeGreaterThan(0.02 * without.length);
});

it("keeps to the light that was asked for, and else chooses by the seed, the same for the same seed", () => {
  expect(lightOf(plan, 7)).toEqual({ palette: "melancholy", time: "night" });
  const open = { ...plan, palette: null, time: null };
  const chosen = Array.from({ length: 40 }, (_, seed) => lightOf(open, seed));
  expect(chosen).toEqual(Array.from({ length: 40 }, (_, seed) => lightOf(open, seed)));
  expect(new Set(chosen.map(({ palette }) => palette)).size).toBeGreaterThan(4);
  expect(new Set(chosen.map(({ time }) => time))).toEqual(new Set(["day", "sunset", "dawn"]));
  expect(lightOf({ ...open, scene: "aurora" }, 7).time).toBe("night");
});

it("is darker at night than by day", () => {
  const brightness = (time: string) => {
    const sketch = composeSketch({ ...plan, palette: "natural", time }, size);
    return sketch.reduce((sum, value) => sum + value, 0) / sketch.length;
  };
  expect(brightness("night")).toBeLessThan(brightness("day") - 0.3);
});
