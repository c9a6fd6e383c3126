/**
 * Eight-bit weights and activations for a U-Net on a CPU that multiplies bytes: static quantisation in the QDQ form, as
 * onnxruntime.quantization 1.31 does it. Activations are asymmetric uint8, weights symmetric int8 by output channel
 * (Jacob et al. 2018, arXiv:1712.05877).
 */
import { makeNode, type NodeProto, type OnnxGraph } from "./onnx-graph.ts";

/** By tensor, the least and the largest value seen while pictures were painted. */
export type Ranges = Readonly<Record<string, [least: number, largest: number]>>;

const BYTE_MAX = 255;
const SIGNED_MAX = 127;
/** Half of what an int32 holds: products of bytes are added to it. */
const MOST_STEPS = 2 ** 30;

interface Quantizable {
  readonly node: NodeProto;
  /** Names as they are before anything is rewired. */
  readonly reads: string;
  readonly weights: string;
  readonly bias: string | null;
  /** Axis of the weights that counts output channels. */
  readonly axis: 0 | 1;
}

/**
 * Convolutions and products with constant weights. The first and the last convolution are left as they are: they see
 * and make latents, and are a thousandth of the work.
 */
function quantizable(graph: OnnxGraph): Quantizable[] {
  const rankOf = (name: string | undefined) => graph.constant(name ?? "")?.dims.length;
  const convolutions = graph.nodes.filter((node) => node.opType === "Conv" && rankOf(node.input[1]) === 4).slice(1, -1);
  const products = graph.nodes.filter((node) => node.opType === "MatMul" && rankOf(node.input[1]) === 2);
  const describe = (node: NodeProto, axis: 0 | 1) => {
    const [reads = "", weights = "", bias = null] = node.input;
    return { node, reads, weights, bias, axis };
  };
  return [...convolutions.map((node) => describe(node, 0)), ...products.map((node) => describe(node, 1))];
}

/** Tensors whose range must be known: what is read by each, and what a convolution makes. */
const activationsOf = ({ node, reads }: Quantizable): string[] =>
  node.opType === "Conv" ? [reads, node.output[0]!] : [reads];

const NAMES = { least: "::least", largest: "::largest" } as const;

/** Adds outputs that tell the range of every activation, of a scalar each. */
export function exposeRanges(graph: OnnxGraph): void {
  const tensors = [...new Set(quantizable(graph).flatMap(activationsOf))];
  const nodes = tensors.flatMap((tensor) => {
    const reduce = (op: string, name: string) =>
      makeNode({ op, name, inputs: [tensor], outputs: [name], attributes: { keepdims: 0 } });
    return [reduce("ReduceMin", tensor + NAMES.least), reduce("ReduceMax", tensor + NAMES.largest)];
  });
  graph.replaceNodes([...graph.nodes, ...nodes]);
  for (const node of nodes) graph.addOutput(node.output[0]!);
}

/** `before`, widened by what a run of the exposed graph told. */
export function widen(before: Ranges, told: Readonly<Record<string, { readonly data: Float32Array }>>): Ranges {
  const widened = new Map(Object.entries(before));
  for (const name of Object.keys(told).filter((key) => key.endsWith(NAMES.least))) {
    const tensor = name.slice(0, -NAMES.least.length);
    const [least, largest] = [told[name]!.data[0]!, told[tensor + NAMES.largest]!.data[0]!];
    const [l, h] = widened.get(tensor) ?? [least, largest];
    widened.set(tensor, [Math.min(l, least), Math.max(h, largest)]);
  }
  return Object.fromEntries(widened);
}

/** A byte b stands for (b - zeroPoint) * scale; zero is exact. */
export function uint8Of([least, largest]: readonly [number, number]): { scale: number; zeroPoint: number } {
  const [low, high] = [Math.min(least, 0), Math.max(largest, 0)];
  const scale = Math.fround((high - low) / BYTE_MAX) || 1;
  return { scale, zeroPoint: Math.round(0 - low / scale) };
}

/**
 * Quantises in place all whose ranges are told; what they do not tell of stays as it is, for graphs are written anew by
 * other versions of onnxruntime. Gives how many there are of both.
 */
export function quantize(graph: OnnxGraph, ranges: Ranges): { quantized: number; left: number } {
  const all = quantizable(graph);
  const known = all.filter((one) => activationsOf(one).every((tensor) => ranges[tensor]));
  const byNode = new Map(known.map((one) => [one.node, one]));
  const read = new Set(known.map(({ reads }) => reads));
  const made = new Set(graph.nodes.flatMap(({ output }) => output));
  const nodes: NodeProto[] = [];
  // What comes from outside the graph has no node to come after.
  for (const tensor of read) if (!made.has(tensor)) nodes.push(...activation(graph, tensor, ranges[tensor]!));
  const rewired = new Map<string, string>();
  for (const node of graph.nodes) {
    node.input = node.input.map((name) => rewired.get(name) ?? name);
    const one = byNode.get(node);
    if (one) nodes.push(...constants(graph, one, uint8Of(ranges[one.reads]!).scale));
    nodes.push(node);
    for (const name of node.output) {
      // A convolution computes in bytes only where all its readers take what was bytes.
      const isConvolved = one?.node.opType === "Conv" && !graph.outputs.includes(name);
      if (isConvolved) rewired.set(name, dequantized(name));
      if (isConvolved || read.has(name)) nodes.push(...activation(graph, name, ranges[name]!));
    }
  }
  graph.replaceNodes(nodes);
  const stillRead = new Set(nodes.flatMap(({ input }) => input));
  const replaced = known.flatMap(({ weights, bias }) => [weights, bias ?? ""]);
  graph.dropConstants(new Set(replaced.filter((name) => !stillRead.has(name))));
  return { quantized: known.length, left: all.length - known.length };
}

const dequantized = (tensor: string): string => `${tensor}::dequantized`;

/** To bytes and back: onnxruntime takes the pair away wherever both sides can do with bytes. */
function activation(graph: OnnxGraph, tensor: string, range: readonly [number, number]): NodeProto[] {
  const { scale, zeroPoint } = uint8Of(range);
  const [bytes, scaleName, zeroName] = [`${tensor}::bytes`, `${tensor}::scale`, `${tensor}::zero`];
  graph.addConstant(scaleName, [], Float32Array.of(scale));
  graph.addConstant(zeroName, [], Uint8Array.of(zeroPoint));
  const parts = [scaleName, zeroName];
  const [to, back] = [`${tensor}::to_bytes`, dequantized(tensor)];
  return [
    makeNode({ op: "QuantizeLinear", name: to, inputs: [tensor, ...parts], outputs: [bytes] }),
    makeNode({ op: "DequantizeLinear", name: back, inputs: [bytes, ...parts], outputs: [back] }),
  ];
}

/** Weights and bias in bytes, where `readScale` is that of what is read; rewires the node to them. */
function constants(
  graph: OnnxGraph,
  { node, reads, weights, bias, axis }: Quantizable,
  readScale: number,
): NodeProto[] {
  const tensor = graph.constant(weights)!;
  const dims = tensor.dims.map(Number);
  const biases = bias === null ? null : graph.floatsOf(graph.constant(bias)!);
  // So large that the bias, counted in its steps, fits 32 bits: a channel that does next to nothing has tiny weights.
  const least = biases?.map((value) => Math.abs(value) / readScale / MOST_STEPS);
  const { bytes, scales } = int8Of(graph.floatsOf(tensor), dims, axis, least);
  // Named after the node: weights that two nodes share are there twice, which no U-Net does.
  const own = `${node.output[0]}::weights`;
  const add = (
    name: string,
    shape: readonly number[],
    data: Int8Array | Int32Array,
    scale: Float32Array,
    along: number,
  ) => {
    const inputs = [`${name}::bytes`, `${name}::scale`];
    graph.addConstant(inputs[0]!, shape, data);
    graph.addConstant(inputs[1]!, [scale.length], scale);
    return makeNode({
      op: "DequantizeLinear",
      name: `${name}::node`,
      inputs,
      outputs: [name],
      attributes: { axis: along },
    });
  };
  const nodes = [add(own, dims, bytes, scales, axis)];
  node.input = [dequantized(reads), own];
  if (biases === null) return nodes;
  const products = scales.map((scale) => scale * readScale);
  const whole = Int32Array.from(biases, (value, i) => Math.round(value / products[i]!));
  node.input.push(`${own}::bias`);
  return [...nodes, add(`${own}::bias`, [biases.length], whole, products, 0)];
}

/** Symmetric, one scale an output channel. `axis` 0: [out, ...]; 1: [in, out]. */
export function int8Of(
  values: Float32Array,
  dims: readonly number[],
  axis: 0 | 1,
  leastScales?: Float32Array,
): { bytes: Int8Array; scales: Float32Array<ArrayBuffer> } {
  const channels = dims[axis]!;
  // Along either axis a channel's values stand in runs; written out, for a call a value costs seconds on a U-Net.
  const run = axis === 0 ? values.length / channels : 1;
  const largest = new Float32Array(channels);
  for (let i = 0, at = 0; at < values.length; i++)
    for (let k = 0, c = i % channels; k < run; k++, at++) {
      const size = Math.abs(values[at]!);
      if (size > largest[c]!) largest[c] = size;
    }
  const scales = largest.map((of, c) => Math.max(of / SIGNED_MAX, leastScales?.[c] ?? 0) || 1);
  const bytes = new Int8Array(values.length);
  for (let i = 0, at = 0; at < values.length; i++)
    for (let k = 0, scale = scales[i % channels]!; k < run; k++, at++) bytes[at] = Math.round(values[at]! / scale);
  return { bytes, scales };
}
