/**
 * Eight-bit weights alone, in blocks, for products with constant weights: a quarter of the memory. Text encoders carry a
 * few enormous activations, which one scale a tensor would drown all others by; here each row is scaled block by block as
 * it is read (MatMulNBits of onnxruntime's contrib operators, 8 bits, accuracy level 4).
 */
import { makeNode, type NodeProto, type OnnxGraph } from "./onnx-graph.ts";

export const BLOCK = 128;
const SIGNED_MAX = 127;
/** What MatMulNBits takes zero for, where no zero points are given. */
const ZERO_POINT = 128;

/** Quantises in place. Gives how many products it found. */
export function quantizeWeights(graph: OnnxGraph): number {
  const dropped = new Set<string>();
  let count = 0;
  const nodes = graph.nodes.map((node) => {
    const weights = graph.constant(node.input[1] ?? "");
    if (node.opType !== "MatMul" || weights?.dims.length !== 2) return node;
    const [rows, columns] = weights.dims.map(Number) as [number, number];
    const { bytes, scales } = blocksOf(graph.floatsOf(weights), rows, columns);
    const own = `${node.output[0]}::blocks`;
    graph.addConstant(own, [columns, Math.ceil(rows / BLOCK), BLOCK], bytes);
    graph.addConstant(`${own}::scales`, [columns, Math.ceil(rows / BLOCK)], scales);
    dropped.add(weights.name);
    count++;
    return product(node, own, { K: rows, N: columns });
  });
  graph.replaceNodes(nodes);
  const stillRead = new Set(nodes.flatMap(({ input }) => input));
  graph.dropConstants(new Set([...dropped].filter((name) => !stillRead.has(name))));
  return count;
}

const product = (node: NodeProto, weights: string, size: { K: number; N: number }): NodeProto =>
  makeNode({
    op: "MatMulNBits",
    domain: "com.microsoft",
    name: `${node.output[0]}::product`,
    inputs: [node.input[0]!, weights, `${weights}::scales`],
    outputs: node.output,
    attributes: { ...size, bits: 8, block_size: BLOCK, accuracy_level: 4 },
  });

/**
 * Symmetric, a scale for every `BLOCK` weights of a column. `values` are [rows, columns]; bytes come as
 * [columns, blocks, BLOCK], filled up with zeros, and stand for (byte - 128) * scale.
 */
export function blocksOf(
  values: Float32Array,
  rows: number,
  columns: number,
): { bytes: Uint8Array; scales: Float32Array } {
  const blocks = Math.ceil(rows / BLOCK);
  const scales = new Float32Array(columns * blocks);
  const bytes = new Uint8Array(columns * blocks * BLOCK).fill(ZERO_POINT);
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0, block = Math.floor(row / BLOCK); column < columns; column++, at++) {
      const size = Math.abs(values[at]!) / SIGNED_MAX;
      const to = column * blocks + block;
      if (size > scales[to]!) scales[to] = size;
    }
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0, block = Math.floor(row / BLOCK); column < columns; column++, at++) {
      const scale = scales[column * blocks + block]! || 1;
      bytes[column * blocks * BLOCK + row] = Math.round(values[at]! / scale) + ZERO_POINT;
    }
  return { bytes, scales };
}
