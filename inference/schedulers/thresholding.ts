/** How a predicted x₀ is held within bounds. */
import { clamp, type Tensor } from "#inference/tensor.ts";

export interface Thresholding {
  readonly thresholding: boolean;
  readonly dynamic_thresholding_ratio: number;
  readonly sample_max_value: number;
}

/**
 * Dynamic thresholding (Saharia et al. 2022, arXiv:2205.11487, 2.3): each picture of the batch is clipped at a quantile
 * of its own absolute values, 1 … `sample_max_value`, and divided by it. `clean` is [batch, …].
 */
export function threshold(
  clean: Tensor,
  { dynamic_thresholding_ratio: ratio, sample_max_value }: Thresholding,
): Tensor {
  const each = clean.data.length / clean.dims[0]!;
  const data = new Float32Array(clean.data.length);
  for (let start = 0; start < data.length; start += each) {
    const picture = clean.data.subarray(start, start + each);
    const limit = Math.min(Math.max(quantile(picture.map(Math.abs), ratio), 1), sample_max_value);
    for (const [i, value] of picture.entries()) data[start + i] = Math.min(Math.max(value, -limit), limit) / limit;
  }
  return { data, dims: clean.dims };
}

/** torch.quantile, linear between its neighbours. */
function quantile(values: Float32Array, share: number): number {
  const sorted = values.sort();
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  return low + (sorted[Math.ceil(at)]! - low) * (at - Math.floor(at));
}

export interface Clipping extends Thresholding {
  readonly clip_sample: boolean;
  readonly clip_sample_range: number;
}

/** As DDIM and LCM do it: one or the other, or neither. */
export function bounded(clean: Tensor, config: Clipping): Tensor {
  if (config.thresholding) return threshold(clean, config);
  return config.clip_sample ? clamp(clean, config.clip_sample_range) : clean;
}
