/** Filling a hole: an inpainting U-Net sees, beside the sample, the mask and the picture without what the mask covers. */
import { concat, type Tensor } from "#inference/tensor.ts";
import type { Pipeline } from "./pipeline.ts";

export interface Hole {
  /** [1, 3, height, width] in -1..1 */
  readonly picture: Tensor;
  /** [1, 1, height, width]: 1 where it is to be painted, else 0. */
  readonly mask: Tensor;
}

/** Mask and masked picture as latents, [1, 1 + channels, height / latentPx, width / latentPx]. */
export async function surroundings(
  pipeline: Pipeline,
  { picture, mask }: Hole,
  drawNoise: () => Tensor,
): Promise<Tensor> {
  const pixels = mask.data.length;
  const masked = picture.data.map((value, i) => (mask.data[i % pixels] === 1 ? 0 : value));
  const latents = await pipeline.encode({ data: masked, dims: picture.dims }, drawNoise);
  return concat(shrunk(mask, pipeline.latentPx), latents);
}

export const besideSample =
  (predict: Pipeline["predict"], around: Tensor): Pipeline["predict"] =>
  (sample, timestep, conditions) =>
    predict(concat(sample, around), timestep, conditions);

/** Nearest, as torch's interpolate takes it: the first pixel of each cell. */
function shrunk({ data, dims }: Tensor, cellPx: number): Tensor {
  const [height, width] = [dims[2]! / cellPx, dims[3]! / cellPx];
  const at = (i: number) => Math.floor(i / width) * cellPx * dims[3]! + (i % width) * cellPx;
  return { data: Float32Array.from({ length: height * width }, (_, i) => data[at(i)]!), dims: [1, 1, height, width] };
}
