/** A dense float32 tensor, row-major. Small on purpose: the heavy arithmetic belongs to ONNX Runtime. */
export interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

const f32 = Math.fround;

/** a·x + b·y, elementwise; weights, products and sum are each rounded to float32, as torch's operations are. */
export function mix(a: number, x: Tensor, b: number, y: Tensor): Tensor {
  const [p, q] = [f32(a), f32(b)];
  const data = new Float32Array(x.data.length);
  for (let i = 0; i < data.length; i++) data[i] = f32(p * x.data[i]!) + f32(q * y.data[i]!);
  return { data, dims: x.dims };
}

export function scale(a: number, x: Tensor): Tensor {
  const by = f32(a);
  return { data: x.data.map((v) => by * v), dims: x.dims };
}

/** [1, a, …] and [1, b, …], alike but for the second axis, to [1, a + b, …]. */
export function concat(first: Tensor, second: Tensor): Tensor {
  const data = new Float32Array(first.data.length + second.data.length);
  data.set(first.data);
  data.set(second.data, first.data.length);
  return { data, dims: [1, first.dims[1]! + second.dims[1]!, ...first.dims.slice(2)] };
}

/** Several of [1, …], all alike, to [n, …]. */
export function stack(tensors: readonly Tensor[]): Tensor {
  const [first] = tensors;
  if (!first) throw new RangeError("stack takes one tensor or more");
  const data = new Float32Array(first.data.length * tensors.length);
  for (const [i, tensor] of tensors.entries()) data.set(tensor.data, i * first.data.length);
  return { data, dims: [tensors.length, ...first.dims.slice(1)] };
}

/** Not by the reciprocal: that would round twice. */
export const divide = (x: Tensor, by: number): Tensor => ({ data: x.data.map((v) => v / by), dims: x.dims });

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
