/** A dense float32 tensor, row-major. Small on purpose: the heavy arithmetic belongs to ONNX Runtime. */
export interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** a·x + b·y, elementwise. */
export function mix(a: number, x: Tensor, b: number, y: Tensor): Tensor {
  const data = new Float32Array(x.data.length);
  for (let i = 0; i < data.length; i++) data[i] = a * x.data[i]! + b * y.data[i]!;
  return { data, dims: x.dims };
}

export const scale = (a: number, x: Tensor): Tensor => ({ data: x.data.map((v) => a * v), dims: x.dims });

/** Every element held within −limit … limit. */
export const clamp = (x: Tensor, limit: number): Tensor => ({
  data: x.data.map((v) => Math.min(Math.max(v, -limit), limit)),
  dims: x.dims,
});

/** [1, 3, height, width] in [-1, 1] from interleaved 8-bit RGB. */
export function fromRgb(rgb: Uint8Array, widthPx: number, heightPx: number): Tensor {
  const plane = widthPx * heightPx;
  const data = new Float32Array(3 * plane);
  for (let i = 0, k = 0; i < plane; i++, k += 3) {
    for (let channel = 0; channel < 3; channel++) data[channel * plane + i] = rgb[k + channel]! / 127.5 - 1;
  }
  return { data, dims: [1, 3, heightPx, widthPx] };
}
