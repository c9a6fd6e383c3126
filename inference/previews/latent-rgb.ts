/**
 * A small picture straight from scheduler-space latents: a linear map fitted per model, a thousandth of a decode.
 * SD 1.x and SDXL factors: ComfyUI, comfy/latent_formats.py.
 */
import type { Tensor } from "#inference/tensor.ts";

export interface PreviewMap {
  /** [latent channels][3 or 12]: RGB of a latent cell, or of its 2x2 quarters, in [-1, 1] from scheduler-space latents. */
  readonly factors: readonly (readonly number[])[];
  readonly bias: readonly number[];
}

const SD1: PreviewMap = {
  factors: [
    [0.3512, 0.2297, 0.3227],
    [0.325, 0.4974, 0.235],
    [-0.2829, 0.1762, 0.2721],
    [-0.212, -0.2616, -0.7177],
  ],
  bias: [0, 0, 0],
};
const SDXL: PreviewMap = {
  factors: [
    [0.3651, 0.4232, 0.4341],
    [-0.2533, -0.0042, 0.1068],
    [0.1076, 0.1111, -0.0362],
    [-0.3165, -0.2492, -0.2188],
  ],
  bias: [0.1084, -0.0175, -0.0011],
};

/** Of a model that brings none itself; null where none is known: then there is nothing true to show. */
export function usualPreviewMap(className: string, latentChannels: number): PreviewMap | null {
  if (latentChannels !== 4) return null;
  return className.includes("XL") ? SDXL : SD1;
}

export interface SmallPicture {
  /** Interleaved 8-bit RGB. */
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Throws RangeError where the map is for other latents. */
export function latentRgb(latents: Tensor, { factors, bias }: PreviewMap): SmallPicture {
  const [, channels = 0, rows = 0, columns = 0] = latents.dims;
  if (factors.length !== channels) throw new RangeError(`factors for ${factors.length} channels, of ${channels}`);
  const outputs = factors[0]?.length ?? 3;
  const side = Math.round(Math.sqrt(outputs / 3));
  const [width, height] = [columns * side, rows * side];
  const rgb = new Uint8Array(width * height * 3);
  for (let out = 0; out < outputs; out++) {
    const [block, colour] = [Math.floor(out / 3), out % 3];
    const [dy, dx] = [Math.floor(block / side), block % side];
    for (let cell = 0; cell < rows * columns; cell++) {
      let value = bias[out] ?? 0;
      for (let c = 0; c < channels; c++) value += factors[c]![out]! * latents.data[c * rows * columns + cell]!;
      const [y, x] = [Math.floor(cell / columns) * side + dy, (cell % columns) * side + dx];
      rgb[(y * width + x) * 3 + colour] = Math.min(Math.max((value / 2 + 0.5) * 255, 0), 255);
    }
  }
  return { rgb, width, height };
}
