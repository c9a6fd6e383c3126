import { expect, it } from "vitest";
import { hasNaN, refusalOf } from "./refusal.ts";

const pixels = (make: (pixel: number, channel: number) => number) =>
  Uint8Array.from({ length: 64 * 64 * 3 }, (_, k) => make(Math.floor(k / 3), k % 3));
const tensor = (...data: number[]) => ({ data: Float32Array.from(data), dims: [data.length] });

it("refuses a picture of one colour, grey or not, and one with a last bit of noise", () => {
  expect(refusalOf(pixels(() => 0))).toBe("blank_picture");
  expect(refusalOf(pixels((_, channel) => [250, 20, 90][channel]!))).toBe("blank_picture");
  expect(refusalOf(pixels((pixel) => 128 + (pixel % 2)))).toBe("blank_picture");
});

it("lets a pale wash and a picture in one channel pass", () => {
  expect(refusalOf(pixels((pixel) => 230 + (pixel % 20)))).toBeNull();
  expect(refusalOf(pixels((pixel, channel) => (channel === 2 ? pixel % 200 : 0)))).toBeNull();
});

it("finds what is not a number, and what is too large to be one", () => {
  expect(hasNaN(tensor(0, -1, 3.4e38))).toBe(false);
  expect(hasNaN(tensor(0, Number.NaN))).toBe(true);
  expect(hasNaN(tensor(-Infinity, 0))).toBe(true);
});
