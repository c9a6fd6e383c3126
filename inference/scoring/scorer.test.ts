import { expect, it } from "vitest";
import { agreementOf, type Sight, scorerInput, soundnessOf } from "./scorer.ts";

const sight: Sight = {
  scene: { lake: 0.75, tree: 0.25 },
  style: { oil: 0.5, ink: 0.5 },
  quality: { blur: 0.25, noise: 0.125 },
};
const theme = { scene: null, style: null, palette: null, time: null, extras: [], unheard: [] };

it("agrees as much as what was said is seen, and not at all with what was not said", () => {
  expect(agreementOf({ ...theme, scene: "lake" }, sight)).toBe(0.75);
  expect(agreementOf({ ...theme, scene: "tree", style: "ink" }, sight)).toBe(0.375);
  expect(agreementOf(theme, sight)).toBeNull();
});

it("leaves out what the scorer has no label for", () => {
  expect(agreementOf({ ...theme, scene: "lake", time: "dawn" }, sight)).toBe(0.75);
  expect(agreementOf({ ...theme, scene: "kitchen" }, sight)).toBeNull();
});

it("is as sound as its worst flaw allows", () => {
  expect(soundnessOf(sight)).toBe(0.75);
  expect(soundnessOf({})).toBe(1);
});

it("looks at the whole picture, whatever its shape, in steps of 16 px", async () => {
  const [width, height] = [96, 64];
  const rgb = new Uint8Array(width * height * 3).map((_, k) => (k % 3 === 0 ? 255 : 0));
  const { data, dims } = await scorerInput(rgb, width, height);
  expect(dims).toEqual([1, 3, 256, 384]);
  expect([data[0], data[256 * 384], data.at(-1)]).toEqual([1, -1, -1]);
});
