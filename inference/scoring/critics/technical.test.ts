import sharp from "sharp";
import { expect, it } from "vitest";
import { TorchGenerator } from "#inference/rng.ts";
import { scoreTechnical } from "./technical.ts";

const SIZE_PX = 128;
const raw = { width: SIZE_PX, height: SIZE_PX, channels: 3 } as const;

/** A picture with broad shapes, edges and grain, mid-exposed and unclipped. */
function picture(sizePx = SIZE_PX): Uint8Array {
  const grain = new TorchGenerator(1).randn([sizePx * sizePx * 3]).data;
  return Uint8Array.from(grain, (noise, k) => {
    const [x, y] = [Math.floor(k / 3) % sizePx, Math.floor(k / 3 / sizePx)];
    const shape = 128 + 60 * Math.sin(x / 9) + (y > sizePx / 2 ? 30 : -30);
    return Math.min(Math.max(shape + 6 * noise, 4), 250);
  });
}

const score = (rgb: Uint8Array) => scoreTechnical(rgb, SIZE_PX, SIZE_PX);
const flat = (value: number) => new Uint8Array(SIZE_PX * SIZE_PX * 3).fill(value);

it("scores a decent picture in the upper half on every count, and nothing above 1", () => {
  for (const value of Object.values(score(picture()))) {
    expect(value).toBeGreaterThan(0.5);
    expect(value).toBeLessThanOrEqual(1);
  }
});

it("loses sharpness with every blur", async () => {
  const blurred = (sigma: number) => sharp(picture(), { raw }).blur(sigma).raw().toBuffer();
  const [soft, softer] = [score(await blurred(1)), score(await blurred(4))];
  expect(soft.sharpness).toBeLessThan(0.8 * score(picture()).sharpness);
  expect(softer.sharpness).toBeLessThan(soft.sharpness);
});

it("loses exposure when darkened, and when lightened", () => {
  const before = score(picture()).exposure;
  expect(score(picture().map((v) => v / 3)).exposure).toBeLessThan(0.85 * before);
  expect(score(picture().map((v) => 255 - (255 - v) / 3)).exposure).toBeLessThan(0.85 * before);
});

it.each([0, 128, 255])("finds no contrast and no sharpness in a flat picture of %i", (value) => {
  expect(score(flat(value)).contrast).toBeCloseTo(0, 6);
  expect(score(flat(value)).sharpness).toBeCloseTo(0, 6);
});

it("loses contrast when pressed together", () => {
  expect(score(picture().map((v) => 96 + v / 4)).contrast).toBeLessThan(0.6 * score(picture()).contrast);
});

it("loses clipping score in proportion to what is blown out", () => {
  const pushed = (gain: number) => score(picture().map((v) => Math.min(Math.max(128 + gain * (v - 128), 0), 255)));
  expect(score(picture()).clipping).toBe(1);
  expect(pushed(2).clipping).toBeLessThan(0.9);
  expect(pushed(4).clipping).toBeLessThan(pushed(2).clipping);
  expect(score(flat(0)).clipping).toBeLessThan(0.1);
});
