import { expect, it } from "vitest";
import { fromHalf, toHalf } from "./half.ts";

// IEEE 754-2019, table 3.5 and the usual landmarks of binary16.
it.each([
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [65520, 0x7c00],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [0.333251953125, 0x3555],
  [0, 0x0000],
])("writes %f as 0x%s", (value, half) => {
  expect(toHalf(Float32Array.of(value))[0]).toBe(half);
});

it("reads back every finite half it wrote", () => {
  const all = Uint16Array.from({ length: 0x7c00 }, (_, i) => i);
  expect(toHalf(fromHalf(all))).toEqual(all);
  expect(fromHalf(Uint16Array.of(0x7e00))[0]).toBeNaN();
});
