import { expect, it } from "vitest";
import { latentRgb } from "./latent-rgb.ts";

it("maps a cell's channels to its colour, -1 black and 1 white", () => {
  const latents = { data: Float32Array.of(-1, 1, 0, 0), dims: [1, 2, 1, 2] };
  const factors = [
    [1, 0, 0],
    [0, 1, 0],
  ];
  const picture = latentRgb(latents, { latentRgbFactors: factors, latentRgbBias: [0, 0, 1] });
  expect(picture).toEqual({ rgb: Uint8Array.of(0, 127, 255, 255, 127, 255), width: 2, height: 1 });
});

it("spreads twelve columns over the four quarters of a cell", () => {
  const row = [1, 1, 1, -1, -1, -1, -1, -1, -1, 1, 1, 1];
  const latents = { data: Float32Array.of(1), dims: [1, 1, 1, 1] };
  const picture = latentRgb(latents, { latentRgbFactors: [row] });
  expect(picture?.width).toBe(2);
  expect([...(picture?.rgb ?? [])].filter((_, i) => i % 3 === 0)).toEqual([255, 0, 0, 255]);
});

it("shows nothing for latents it has no factors for", () => {
  expect(latentRgb({ data: new Float32Array(16), dims: [1, 16, 1, 1] }, {})).toBeNull();
});
