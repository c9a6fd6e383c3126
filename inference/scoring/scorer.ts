/** What a model's scorer sees in a picture, and whether that is what the theme says. */
import sharp from "sharp";
import type { LabelKind, Theme } from "#contracts/theme.ts";
import type { Tensor } from "#inference/tensor.ts";

/** By kind, the probability of each label in [0, 1]; under "quality", how much of each flaw there is, 0 to 1. */
export type Sight = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The shorter side of what it was taught by, and what both sides must be whole multiples of. */
const SIDE_PX = 256;
const STEP_PX = 16;

/** [1, 3, h, w] in [-1, 1], the shorter side 256, from interleaved 8-bit RGB. */
export async function scorerInput(rgb: Uint8Array, widthPx: number, heightPx: number): Promise<Tensor> {
  const shrink = SIDE_PX / Math.min(widthPx, heightPx);
  const whole = (side: number) => Math.max(SIDE_PX, Math.round((side * shrink) / STEP_PX) * STEP_PX);
  const [width, height] = [whole(widthPx), whole(heightPx)];
  const small = await sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .resize(width, height, { fit: "fill" })
    .raw()
    .toBuffer();
  const plane = width * height;
  const data = new Float32Array(3 * plane);
  for (let i = 0, k = 0; i < plane; i++, k += 3) {
    for (let channel = 0; channel < 3; channel++) data[channel * plane + i] = small[k + channel]! / 127.5 - 1;
  }
  return { data, dims: [1, 3, height, width] };
}

/** Mean probability of what the theme says of scene, style, palette and time; null where it says nothing of these. */
export function agreementOf(theme: Theme, sight: Sight): number | null {
  const kinds: readonly LabelKind[] = ["scene", "style", "palette", "time"];
  const seen = kinds.flatMap((kind) => {
    const label = theme[kind];
    const p = label === null ? undefined : sight[kind]?.[label];
    return p === undefined ? [] : [p];
  });
  return seen.length === 0 ? null : seen.reduce((sum, p) => sum + p, 0) / seen.length;
}

export const soundnessOf = ({ quality = {} }: Sight): number => 1 - Math.max(0, ...Object.values(quality));
