/**
 * A small picture straight from scheduler-space latents: a linear map fitted per model, a thousandth of a decode.
 * SD 1.x and SDXL factors: ComfyUI, comfy/latent_formats.py.
 */
import type { AriaJson } from "#inference/models/model-folder.ts";
import type { Tensor } from "#inference/tensor.ts";

const SD1 = [
  [0.3512, 0.2297, 0.3227],
  [0.325, 0.4974, 0.235],
  [-0.2829, 0.1762, 0.2721],
  [-0.212, -0.2616, -0.7177],
];

/** What of a model's aria.json a preview is made with. */
export type PreviewMap = Pick<AriaJson, "latentRgbFactors" | "latentRgbBias">;

export interface SmallPicture {
  /** Interleaved 8-bit RGB. */
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Null where no factors are known for the model: then there is nothing true to show. */
export function latentRgb(latents: Tensor, aria: PreviewMap): SmallPicture | null {
  const [, channels = 0, rows = 0, columns = 0] = latents.dims;
  const factors = aria.latentRgbFactors ?? (channels === 4 ? SD1 : null);
  if (!factors || factors.length !== channels) return null;
  const outputs = factors[0]?.length ?? 3;
  const side = Math.round(Math.sqrt(outputs / 3));
  const [width, height] = [columns * side, rows * side];
  const rgb = new Uint8Array(width * height * 3);
  for (let out = 0; out < outputs; out++) {
    const [block, colour] = [Math.floor(out / 3), out % 3];
    const [dy, dx] = [Math.floor(block / side), block % side];
    for (let cell = 0; cell < rows * columns; cell++) {
      let value = aria.latentRgbBias?.[out] ?? 0;
      for (let c = 0; c < channels; c++) value += factors[c]![out]! * latents.data[c * rows * columns + cell]!;
      const [y, x] = [Math.floor(cell / columns) * side + dy, (cell % columns) * side + dx];
      rgb[(y * width + x) * 3 + colour] = Math.min(Math.max((value / 2 + 0.5) * 255, 0), 255);
    }
  }
  return { rgb, width, height };
}
