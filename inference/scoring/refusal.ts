/** When a painting is not shown at all: what came out is no picture. */
import type { Tensor } from "#inference/tensor.ts";

/** Standard deviation of each channel, of 255. A failed decode is near 0; a pale wash is above 5. */
const BLANK_BELOW = 2;

/** `rgb` is interleaved, 8 bits a channel. Measured channel by channel, so that one flat colour is blank too. */
export function refusalOf(rgb: Uint8Array): "blank_picture" | null {
  return [0, 1, 2].every((channel) => spread(rgb, channel) < BLANK_BELOW) ? "blank_picture" : null;
}

function spread(rgb: Uint8Array, channel: number): number {
  let [sum, squares] = [0, 0];
  for (let k = channel; k < rgb.length; k += 3) {
    sum += rgb[k]!;
    squares += rgb[k]! ** 2;
  }
  const pixels = rgb.length / 3;
  return Math.sqrt(Math.max(0, squares / pixels - (sum / pixels) ** 2));
}

/** Whether any value is not a finite number: an overflow to infinity is as lost as a NaN. */
export const hasNaN = ({ data }: Tensor): boolean => data.some((value) => !Number.isFinite(value));
