import { expect, it } from "vitest";
import type { Tensor } from "#inference/tensor.ts";
import { agreementOf, fromAfar, lookAt, type Sight, soundnessOf } from "./scorer.ts";

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

const red = (widthPx: number, heightPx: number) => ({
  rgb: new Uint8Array(widthPx * heightPx * 3).map((_, k) => (k % 3 === 0 ? 255 : 0)),
  widthPx,
  heightPx,
});

it("looks at the whole picture, whatever its shape, in steps of 16 px", async () => {
  const { data, dims } = await fromAfar(red(96, 64));
  expect(dims).toEqual([1, 3, 256, 384]);
  expect([data[0], data[256 * 384], data.at(-1)]).toEqual([1, -1, -1]);
});

it("looks at manner and flaws of a large picture from near, and at a small one once", async () => {
  const seen: (readonly number[])[] = [];
  const look = async ({ dims }: Tensor): Promise<Sight> => {
    seen.push(dims.slice(2));
    const from = dims[2] === 256 ? "afar" : "near";
    return { scene: { [from]: 1 }, style: { [from]: 1 }, quality: { [from]: 1 } };
  };
  expect(await lookAt(red(1024, 600), look)).toEqual({ scene: { afar: 1 }, style: { near: 1 }, quality: { near: 1 } });
  expect(seen).toEqual([
    [256, 432],
    [512, 512],
  ]);
  await lookAt(red(256, 320), look);
  expect(seen).toHaveLength(3);
  expect(await lookAt(red(512, 512), async () => null)).toBeNull();
});
