/** Pictures as CLIP's vision tower takes them (Radford et al. 2021, arXiv 2103.00020). */
import sharp from "sharp";
import type { Tensor } from "#inference/tensor.ts";
import type { Picture } from "./critics/critic.ts";

/** In the order R, G, B. */
const SIDE_PX = 224;
const MEAN = [0.48145466, 0.4578275, 0.40821073];
const SPREAD = [0.26862954, 0.26130258, 0.27577711];

/** [n, 3, 224, 224], normalised. */
export async function clipPixels(pictures: readonly Picture[]): Promise<Tensor> {
  return together(await Promise.all(pictures.map(pixelsOf)));
}

/** The middle of it at CLIP's size, [3, 224, 224], normalised. */
async function pixelsOf({ rgb, widthPx: width, heightPx: height }: Picture): Promise<Float32Array> {
  const data = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize(SIDE_PX, SIDE_PX, { fit: "cover", kernel: "cubic" })
    .raw()
    .toBuffer();
  const area = SIDE_PX ** 2;
  return Float32Array.from({ length: 3 * area }, (_, i) => {
    const channel = Math.floor(i / area);
    return (data[3 * (i % area) + channel]! / 255 - MEAN[channel]!) / SPREAD[channel]!;
  });
}

function together(pixels: readonly Float32Array[]): Tensor {
  const data = new Float32Array(pixels.length * 3 * SIDE_PX ** 2);
  for (const [i, one] of pixels.entries()) data.set(one, i * one.length);
  return { data, dims: [pixels.length, 3, SIDE_PX, SIDE_PX] };
}
