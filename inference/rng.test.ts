import { expect, it } from "vitest";
import { TorchGenerator } from "./rng.ts";

/** torch.manual_seed(seed); torch.randn(n), as printed by torch 2 on CPU. */
const LONG = [
  [0, [-1.12584, -1.15236, -0.250579, -0.433879]],
  [42, [1.926915, 1.487284, 0.900717, -2.105521]],
] as const;
const SHORT = [
  [0, [1.541, -0.2934, -2.1788]],
  [42, [0.3367, 0.1288, 0.2345]],
] as const;

it.each(LONG)("draws the reference's latents from seed %i", (seed, expected) => {
  const noise = new TorchGenerator(seed).randn([1, 4, 8, 8]);
  expect(noise.dims).toEqual([1, 4, 8, 8]);
  for (const [k, value] of expected.entries()) expect(noise.data[k]).toBeCloseTo(value, 5);
});

it.each(SHORT)("draws the reference's short vectors from seed %i", (seed, expected) => {
  const noise = new TorchGenerator(seed).randn([3]);
  for (const [k, value] of expected.entries()) expect(noise.data[k]).toBeCloseTo(value, 4);
});

it("redraws the last 16 values when the count is no multiple of 16", () => {
  const [whole, ragged] = [new TorchGenerator(7).randn([32]).data, new TorchGenerator(7).randn([20]).data];
  expect([...ragged.subarray(0, 4)]).toEqual([...whole.subarray(0, 4)]);
  expect(ragged[4]).not.toBe(whole[4]);
});

it("stays standard normal over a large canvas, and never repeats itself", () => {
  const generator = new TorchGenerator(4_294_967_295);
  const { data } = generator.randn([4, 128, 128]);
  const mean = data.reduce((sum, v) => sum + v, 0) / data.length;
  const variance = data.reduce((sum, v) => sum + (v - mean) ** 2, 0) / data.length;
  expect(Math.abs(mean)).toBeLessThan(0.02);
  expect(Math.abs(variance - 1)).toBeLessThan(0.02);
  expect(generator.randn([16]).data[0]).not.toBe(data[0]);
});
