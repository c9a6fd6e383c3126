/**
 * Which way a label lies in the embeddings of a model's scorer: the row of the label's linear head, read from the graph.
 * A head looks at the positive parts of an embedding (training/tower.py), so a picture e shows a label of direction w the
 * more, the larger the dot product of w and max(e, 0) is.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import type { Lexicon, Meaning } from "#contracts/lexicon.ts";
import { LABEL_KINDS, type LabelKind, readTheme } from "#contracts/theme.ts";
import { type NodeProto, OnnxGraph } from "#inference/graphs/onnx-graph.ts";
import { readLexicon, readScorerLabels } from "#inference/models/model-folder.ts";

/** By kind and label, each of unit length, less what all labels of its kind have in common. */
export type Directions = ReadonlyMap<string, Float32Array>;

const keyOf = (kind: string, label: string): string => `${kind}:${label}`;

/** Throws RangeError where the graph has no linear head behind an output. */
export function readDirections(file: string, labels: Readonly<Record<string, readonly string[]>>): Directions {
  const graph = OnnxGraph.read(file);
  const directions = new Map<string, Float32Array>();
  for (const kind of LABEL_KINDS) {
    const names = labels[kind] ?? [];
    const rows = centred(headOf(graph, kind), names.length);
    for (const [i, name] of names.entries()) directions.set(keyOf(kind, name), unit(rows[i]!));
  }
  return directions;
}

/** Weights [labels, embedding] of the last linear layer before an output. */
function headOf(graph: OnnxGraph, output: string): Float32Array {
  const makers = new Map(graph.nodes.flatMap((node) => node.output.map((name) => [name, node] as const)));
  for (let node: NodeProto | undefined = makers.get(output); node; node = makers.get(node.input[0] ?? "")) {
    if (node.opType !== "Gemm") continue;
    const isTurned = node.attribute.some(({ name, i }) => name === "transB" && i === 1n);
    const weights = constantOf(graph, makers, node.input[1] ?? "");
    if (isTurned && weights) return weights;
  }
  throw new RangeError(`the graph has no linear head behind ${output}`);
}

/** Weights kept in 16 bits are cast before they are used. */
function constantOf(graph: OnnxGraph, makers: ReadonlyMap<string, NodeProto>, name: string): Float32Array | null {
  const tensor = graph.constant(name) ?? graph.constant(makers.get(name)?.input[0] ?? "");
  return tensor && graph.floatsOf(tensor);
}

function centred(weights: Float32Array, count: number): Float32Array[] {
  const width = weights.length / count;
  const rows = Array.from({ length: count }, (_, i) => weights.slice(i * width, (i + 1) * width));
  const mean = new Float32Array(width);
  for (const row of rows) for (let k = 0; k < width; k++) mean[k]! += row[k]! / count;
  return rows.map((row) => row.map((value, k) => value - mean[k]!));
}

function unit(row: Float32Array): Float32Array {
  const length = Math.hypot(...row);
  return row.map((value) => value / length);
}

/** What the words mean: the labels heard in them, as people say them, and where these lie together; null where nothing was heard. */
export function meaningOf(words: string, lexicon: Lexicon, directions: Directions): Meaning | null {
  const theme = readTheme(words, lexicon);
  const said = LABEL_KINDS.flatMap((kind: LabelKind) => {
    const label = theme[kind];
    const direction = label === null ? undefined : directions.get(keyOf(kind, label));
    return label !== null && direction ? [{ said: lexicon.say[kind]?.[label] || label, direction }] : [];
  });
  const [first] = said;
  if (!first) return null;
  const direction = Array.from(first.direction, (_, k) => said.reduce((sum, one) => sum + one.direction[k]!, 0));
  return { heard: said.map((one) => one.said), direction };
}

/** Reads a model's directions once. Null for a model without lexicon or scorer, and where nothing was heard. */
export function makeReadMeaning(modelsDir: string): (modelId: string, words: string) => Promise<Meaning | null> {
  const known = new Map<string, Directions>();
  return async (modelId, words) => {
    const dir = path.join(modelsDir, modelId);
    const scorer = path.join(dir, "scorer/model.onnx");
    const lexicon = existsSync(scorer) ? await readLexicon(dir) : null;
    if (!lexicon) return null;
    const directions = known.get(modelId) ?? readDirections(scorer, await readScorerLabels(dir));
    known.set(modelId, directions);
    return meaningOf(words, lexicon, directions);
  };
}
