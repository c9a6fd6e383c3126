import type { Tensor } from "#inference/tensor.ts";

/** [1, 3, height, width] in [-1, 1] to interleaved 8-bit RGB, [height · width · 3], rounded as diffusers' numpy_to_pil. */
export function toRgb({ data, dims }: Tensor): Uint8Array {
  const pixels = (dims[2] ?? 0) * (dims[3] ?? 0);
  const rgb = new Uint8Array(pixels * 3);
  for (let channel = 0; channel < 3; channel++) {
    const plane = channel * pixels;
    for (let i = 0; i < pixels; i++) {
      const unit = Math.min(Math.max(data[plane + i]! / 2 + 0.5, 0), 1);
      rgb[i * 3 + channel] = Math.round(unit * 255);
    }
  }
  return rgb;
}
