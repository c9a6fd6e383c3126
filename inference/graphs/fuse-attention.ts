/**
 * Attention written out as two products and a softmax makes a matrix of tokens by tokens, which at 4,096 tokens is 64 MB a
 * head. onnxruntime's MultiHeadAttention works through it in blocks (Dao et al. 2022, arXiv:2205.14135) and keeps none.
 */
import { makeNode, type NodeProto, type OnnxGraph } from "./onnx-graph.ts";

/** Where it pays: with fewer tokens the matrix fits the caches, and transposing costs more than is gained. */
export const FEWEST_TOKENS = 4_096;

interface Attention {
  /** [batch, heads, tokens, size] by [batch, heads, size, keys]. */
  readonly scores: NodeProto;
  readonly softmax: NodeProto;
  /** By [batch, heads, keys, size]. */
  readonly weighted: NodeProto;
}

/** What is to be fused: the softmax by name, which a graph of another version may not have. */
export interface FusedLayer {
  readonly softmax: string;
  readonly heads: number;
}

/** All that are read by nobody else in between, masked ones excepted: a U-Net has none. */
function attentions(graph: OnnxGraph): Attention[] {
  const makers = new Map(graph.nodes.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const readers = new Map<string, NodeProto[]>();
  for (const node of graph.nodes)
    for (const name of node.input) readers.set(name, [...(readers.get(name) ?? []), node]);
  const soleReader = (name: string) => (readers.get(name)?.length === 1 ? readers.get(name)![0]! : null);
  return graph.nodes.flatMap((softmax) => {
    if (softmax.opType !== "Softmax") return [];
    const scores = makers.get(softmax.input[0]!);
    const weighted = soleReader(softmax.output[0]!);
    const isAttention =
      scores?.opType === "MatMul" &&
      soleReader(scores.output[0]!) === softmax &&
      weighted?.opType === "MatMul" &&
      weighted.input[0] === softmax.output[0] &&
      [...scores.input, weighted.input[1]!].every((name) => graph.constant(name) === null);
    return isAttention && scores && weighted ? [{ scores, softmax, weighted }] : [];
  });
}

const SHAPE = "::shape";

/** Adds an output for each attention: the shape of what it asks with, and of what it is asked of. */
export function exposeShapes(graph: OnnxGraph): void {
  const nodes = attentions(graph).flatMap(({ scores, softmax }) =>
    scores.input.map((read, i) => {
      const name = `${softmax.name}::${i === 0 ? "queries" : "keys"}${SHAPE}`;
      return makeNode({ op: "Shape", name, inputs: [read], outputs: [name] });
    }),
  );
  graph.replaceNodes([...graph.nodes, ...nodes]);
  for (const node of nodes) graph.addOutput(node.output[0]!);
}

/** Those of so many tokens, queries and keys alike, by what a run of the exposed graph told. */
export function largeLayers(
  told: Readonly<Record<string, { readonly data: Float32Array }>>,
  fewestTokens = FEWEST_TOKENS,
): FusedLayer[] {
  return Object.entries(told).flatMap(([name, { data: queries }]) => {
    const softmax = name.endsWith(`::queries${SHAPE}`) ? name.slice(0, -`::queries${SHAPE}`.length) : null;
    const keys = softmax === null ? undefined : told[`${softmax}::keys${SHAPE}`]?.data;
    if (softmax === null || !keys || queries.length !== 4 || keys.length !== 4) return [];
    const [, heads, tokens] = queries;
    return tokens! >= fewestTokens && keys[3]! >= fewestTokens ? [{ softmax, heads: heads! }] : [];
  });
}

/** Fuses in place what is named and found. Gives how many were. */
export function fuseAttention(graph: OnnxGraph, layers: readonly FusedLayer[]): number {
  const headsOf = new Map(layers.map(({ softmax, heads }) => [softmax, heads]));
  const found = attentions(graph).filter(({ softmax }) => headsOf.has(softmax.name));
  const fused = new Map(found.map((one) => [one.weighted, one]));
  const gone = new Set(found.flatMap(({ scores, softmax }) => [scores, softmax]));
  const nodes = graph.nodes.flatMap((node) => {
    const one = fused.get(node);
    if (one) return fuse(graph, one, headsOf.get(one.softmax.name)!);
    return gone.has(node) ? [] : [node];
  });
  graph.replaceNodes(nodes);
  return found.length;
}

/** Queries and keys were scaled where they were made, so that nothing is left to scale. */
function fuse(graph: OnnxGraph, { scores, softmax, weighted }: Attention, heads: number): NodeProto[] {
  const own = `${softmax.name}::fused`;
  const [flat, apart] = [`${own}::flat`, `${own}::apart`];
  graph.addConstant(flat, [3], BigInt64Array.of(0n, 0n, -1n));
  graph.addConstant(apart, [4], BigInt64Array.of(0n, 0n, BigInt(heads), -1n));
  /** [batch, tokens, heads * size]. */
  const flattened = (name: string, read: string, perm: readonly number[]): NodeProto[] => [
    makeNode({
      op: "Transpose",
      name: `${own}::${name}`,
      inputs: [read],
      outputs: [`${own}::${name}_apart`],
      attributes: { perm },
    }),
    makeNode({
      op: "Reshape",
      name: `${own}::${name}_flat`,
      inputs: [`${own}::${name}_apart`, flat],
      outputs: [`${own}::${name}`],
    }),
  ];
  return [
    ...flattened("queries", scores.input[0]!, [0, 2, 1, 3]),
    ...flattened("keys", scores.input[1]!, [0, 3, 1, 2]),
    ...flattened("values", weighted.input[1]!, [0, 2, 1, 3]),
    makeNode({
      op: "MultiHeadAttention",
      domain: "com.microsoft",
      name: own,
      inputs: [`${own}::queries`, `${own}::keys`, `${own}::values`],
      outputs: [`${own}::answer`],
      attributes: { num_heads: heads, scale: { float: 1 } },
    }),
    makeNode({ op: "Reshape", name: `${own}::back`, inputs: [`${own}::answer`, apart], outputs: [`${own}::answers`] }),
    makeNode({
      op: "Transpose",
      name: `${own}::turned`,
      inputs: [`${own}::answers`],
      outputs: [weighted.output[0]!],
      attributes: { perm: [0, 2, 1, 3] },
    }),
  ];
}
