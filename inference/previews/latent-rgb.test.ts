import { expect, it } from "vitest";
import { latentRgb, usualPreviewMap } from "./latent-rgb.ts";

it("maps a cell's channels to its colour, -1 black and 1 white", () => {
  const latents = { data: Float32Array.of(-1, 1, 0, 0), dims: [1, 2, 1, 2] };
  const factors = [
    [1, 0, 0],
    [0, 1, 0],
  ];
  const picture = latentRgb(latents, { factors, bias: [0, 0, 1] });
  expect(picture).toEqual({ rgb: Uint8Array.of(0, 127, 255, 255, 127, 255), width: 2, height: 1 });
});

it("spreads twelve columns over the four quarters of a cell", () => {
  const row = [1, 1, 1, -1, -1, -1, -1, -1, -1, 1, 1, 1];
  const latents = { data: Float32Array.of(1), dims: [1, 1, 1, 1] };
  const picture = latentRgb(latents, { factors: [row], bias: [] });
  expect(picture.width).toBe(2);
  expect([...picture.rgb].filter((_, i) => i % 3 === 0)).toEqual([255, 0, 0, 255]);
});

it("knows the colours of SD and of SDXL, which are not the same, and of nothing else", () => {
  const grey = { data: new Float32Array(4), dims: [1, 4, 1, 1] };
  const [sd, xl] = [usualPreviewMap("StableDiffusionPipeline", 4)!, usualPreviewMap("StableDiffusionXLPipeline", 4)!];
  expect([...latentRgb(grey, sd).rgb]).toEqual([127, 127, 127]);
  expect([...latentRgb(grey, xl).rgb]).toEqual([141, 125, 127]);
  expect(usualPreviewMap("FluxPipeline", 16)).toBeNull();
  expect(() => latentRgb({ data: new Float32Array(16), dims: [1, 16, 1, 1] }, sd)).toThrow("4 channels, of 16");
});
