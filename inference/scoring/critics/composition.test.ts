import sharp from "sharp";
import { expect, it } from "vitest";
import { seeded } from "#tests/seeded.ts";
import { differenceHash } from "../difference-hash.ts";
import { scoreComposition } from "./composition.ts";

const SIDE = 96;
function picture(colourAt: (x: number, y: number) => readonly [number, number, number]): Uint8Array {
  const rgb = new Uint8Array(SIDE * SIDE * 3);
  for (let i = 0; i < SIDE * SIDE; i++) rgb.set(colourAt((i % SIDE) / SIDE, Math.floor(i / SIDE) / SIDE), 3 * i);
  return rgb;
}
const score = (rgb: Uint8Array) => scoreComposition(rgb, SIDE, SIDE);
const spot = (px: number, py: number) =>
  picture((x, y) => (Math.hypot(x - px, y - py) < 0.1 ? [220, 120, 40] : [40, 60 + 40 * y, 90 + 60 * y]));

it("stays within 0 and 1, whatever it is shown", () => {
  const rng = seeded(1);
  const noise = picture(() => [rng() * 255, rng() * 255, rng() * 255]);
  for (const rgb of [picture(() => [0, 0, 0]), picture(() => [255, 0, 0]), noise, spot(0.5, 0.5)]) {
    expect(score(rgb)).toBeGreaterThanOrEqual(0);
    expect(score(rgb)).toBeLessThanOrEqual(1);
  }
  expect(scoreComposition(new Uint8Array(3 * 4), 2, 2)).toBeLessThanOrEqual(1);
});

it("says the same of a picture and its mirror image, and of it at twice the size", async () => {
  expect(score(spot(0.3, 0.4))).toBeCloseTo(score(spot(0.7 - 1 / SIDE, 0.4)), 2);
  const raw = { width: SIDE, height: SIDE, channels: 3 } as const;
  const large = await sharp(spot(0.3, 0.4), { raw })
    .resize(2 * SIDE, 2 * SIDE, { kernel: "nearest" })
    .raw()
    .toBuffer();
  expect(scoreComposition(large, 2 * SIDE, 2 * SIDE)).toBeCloseTo(score(spot(0.3, 0.4)), 2);
});

it("prefers a subject by the thirds to one in a corner, and two opposite hues to all of them", () => {
  expect(score(spot(0.33, 0.33))).toBeGreaterThan(score(spot(0.04, 0.04)) + 0.05);
  const hues = picture((x) => [
    127 + 120 * Math.cos(6.28 * x),
    127 + 120 * Math.cos(6.28 * (x + 1 / 3)),
    127 + 120 * Math.cos(6.28 * (x + 2 / 3)),
  ]);
  const opposite = picture((x) => (x < 0.5 ? [230, 140, 30] : [30, 120, 210]));
  expect(score(opposite)).toBeGreaterThan(score(hues) + 0.1);
});

it("hashes pictures that hardly differ alike, and others apart", () => {
  const hash = (rgb: Uint8Array) => differenceHash(rgb, SIDE, SIDE);
  const apart = (a: string, b: string) => (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll("0", "").length;
  const rng = seeded(2);
  const wave = picture((x, y) => [127 + 100 * Math.sin(9 * x + 4 * y), 90, 127 + 100 * Math.cos(7 * y)]);
  const grainy = wave.map((value) => Math.min(255, Math.max(0, value + 12 * (rng() - 0.5))));
  expect(hash(wave)).toMatch(/^[0-9a-f]{16}$/);
  expect(apart(hash(wave), hash(grainy))).toBeLessThanOrEqual(6);
  expect(apart(hash(wave), hash(spot(0.2, 0.7)))).toBeGreaterThan(12);
});
