import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Lexicon } from "#contracts/lexicon.ts";
import { composeSketch, SCENE_NAMES } from "./compose-sketch.ts";
import type { Decided } from "./read-plan.ts";

const plan: Decided = { scene: "waves", style: "oil", palette: "melancholy", time: "night", extras: ["lighthouse"] };
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

const { shows } = Lexicon.parse(JSON.parse(readFileSync("models/aria/lexicon.json", "utf8")));
it.each(Object.entries(shows))("shows in %s all that the lexicon says it shows: %s", (scene, extras) => {
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  for (const extra of extras) {
    const drawn = (asked: readonly string[]) =>
      seeds.map((seed) => String(composeSketch({ ...plan, scene, extras: asked }, { ...size, seed })));
    expect(drawn([extra]), extra).not.toEqual(drawn([]));
  }
});

it("keeps a picture without colours grey, whatever its seed and time", () => {
  for (const time of ["", "sunset", "dawn", "night", "fog"]) {
    const sketch = composeSketch({ ...plan, scene: "mountains", palette: "mono", time }, size);
    const plane = sketch.length / 3;
    const cast = sketch.slice(0, plane).map((red, i) => Math.abs(red - sketch[i + 2 * plane]!));
    expect(Math.max(...cast)).toBeLessThan(0.1);
  }
});

it("joins abstract forms without a seam", () => {
  const sketch = composeSketch({ ...plan, scene: "flow", time: "" }, { ...size, widthPx: 256, heightPx: 256 });
  const steps = sketch.subarray(0, 65_535).map((value, i) => Math.abs(value - sketch[i + 1]!));
  const inRows = steps.filter((_, i) => i % 256 !== 255);
  // Of one column in a hundred at most the neighbour is another colour: contour lines, but no cut from top to bottom.
  expect(inRows.filter((step) => step > 0.8).length / inRows.length).toBeLessThan(0.01);
});

it("has less contrast in the fog, but not at dawn", () => {
  const deviation = (time: string) => {
    const sketch = composeSketch({ ...plan, scene: "mountains", palette: "natural", time }, size);
    const mean = sketch.reduce((sum, value) => sum + value, 0) / sketch.length;
    return Math.sqrt(sketch.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sketch.length);
  };
  expect(deviation("fog")).toBeLessThan(0.8 * deviation("day"));
  expect(deviation("dawn")).toBeGreaterThan(0.7 * deviation("day"));
});

it("is darker at night than by day", () => {
  const brightness = (time: string) => {
    const sketch = composeSketch({ ...plan, palette: "natural", time }, size);
    return sketch.reduce((sum, value) => sum + value, 0) / sketch.length;
  };
  expect(brightness("night")).toBeLessThan(brightness("day") - 0.3);
});
