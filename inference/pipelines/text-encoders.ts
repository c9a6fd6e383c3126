/** Prompts to what the U-Net is told: one text encoder (SD 1.x, SD 2.x, LCM), or two side by side (SDXL). */
import type { Session } from "#inference/runtime/session.ts";
import { concat, scale, type Tensor } from "#inference/tensor.ts";
import { readWeights } from "#inference/text/prompt-weights.ts";
import { type ClipTokenizer, padded } from "#inference/text/tokenizer.ts";

export interface PromptEmbedding {
  /** [1, tokens, dim] */
  readonly hidden: Tensor;
  /** [1, dim], where the encoder gives one: of two, the second one's projection. */
  readonly pooled: Tensor | null;
}

export interface TextEncoder {
  readonly tokenizer: ClipTokenizer;
  readonly session: Session;
}

/** Ids of a prompt of any length and what each counts, cut into passes. */
interface Chunk {
  readonly ids: readonly number[];
  readonly weights: readonly number[];
}

/** What does not fit into `mostPasses` passes is left out. */
export async function embed(
  encoders: readonly TextEncoder[],
  prompt: string,
  mostPasses: number,
): Promise<PromptEmbedding> {
  const chunked = encoders.map(({ tokenizer }) => chunksOf(tokenizer, prompt).slice(0, mostPasses));
  const passes = Math.max(...chunked.map((chunks) => chunks.length));
  const told = await Promise.all(
    encoders.map((encoder, i) => encodeAll(encoder, withEmpty(chunked[i]!, passes), encoders.length > 1)),
  );
  return { hidden: told.map(({ hidden }) => hidden).reduce(besideEachOther), pooled: told.at(-1)!.pooled };
}

/** What SDXL is told where nothing is to be kept out: not an empty prompt, but nothing at all. */
export const nothingLike = ({ hidden, pooled }: PromptEmbedding): PromptEmbedding => ({
  hidden: scale(0, hidden),
  pooled: pooled && scale(0, pooled),
});

function chunksOf(tokenizer: ClipTokenizer, prompt: string): Chunk[] {
  const pieces = readWeights(prompt).map(({ text, weight }) => ({ ids: tokenizer.idsOf(text), weight }));
  const ids = pieces.flatMap((piece) => piece.ids);
  const weights = pieces.flatMap((piece) => piece.ids.map(() => piece.weight));
  const room = tokenizer.length - 2;
  const count = Math.max(1, Math.ceil(ids.length / room));
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [i * room, (i + 1) * room];
    return { ids: ids.slice(from, to), weights: weights.slice(from, to) };
  });
}

const withEmpty = (chunks: readonly Chunk[], count: number): Chunk[] =>
  Array.from({ length: count }, (_, i) => chunks[i] ?? { ids: [], weights: [] });

async function encodeAll(
  encoder: TextEncoder,
  chunks: readonly Chunk[],
  isOneOfTwo: boolean,
): Promise<PromptEmbedding> {
  const encoded: PromptEmbedding[] = [];
  for (const chunk of chunks) encoded.push(await encodeOne(encoder, chunk, isOneOfTwo));
  return { hidden: encoded.map(({ hidden }) => hidden).reduce((a, b) => concat(a, b)), pooled: encoded[0]!.pooled };
}

async function encodeOne(
  { tokenizer, session }: TextEncoder,
  chunk: Chunk,
  isOneOfTwo: boolean,
): Promise<PromptEmbedding> {
  const ids = padded(tokenizer, chunk.ids);
  const outputs = await session.run({ [session.inputNames[0] ?? "input_ids"]: { data: ids, dims: [1, ids.length] } });
  const hidden = isOneOfTwo
    ? lastButOne(outputs)
    : (outputs.last_hidden_state ?? outputs[session.outputNames[0] ?? ""]!);
  return { hidden: weighted(hidden, chunk.weights), pooled: outputs.text_embeds ?? outputs.pooler_output ?? null };
}

/** SDXL is told what both encoders think one layer before the last. */
function lastButOne(outputs: Readonly<Record<string, Tensor>>): Tensor {
  const layers = Object.keys(outputs).flatMap((name) => /^hidden_states\.(\d+)$/.exec(name)?.[1] ?? []);
  const index = Math.max(...layers.map(Number)) - 1;
  const hidden = outputs[`hidden_states.${index}`];
  if (!hidden) throw new TypeError("the text encoder was exported without its hidden states, which SDXL needs");
  return hidden;
}

/** Each token's vector times its weight, then all of them so that their mean is as before (webui's own way). */
function weighted(hidden: Tensor, weights: readonly number[]): Tensor {
  if (weights.every((weight) => weight === 1)) return hidden;
  const width = hidden.dims[2]!;
  // Begin, end and padding count once.
  const data = hidden.data.map((value, i) => value * (weights[Math.floor(i / width) - 1] ?? 1));
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return scale(mean(hidden.data) / mean(data), { data, dims: hidden.dims });
}

/** [1, tokens, a] and [1, tokens, b] to [1, tokens, a + b]. */
function besideEachOther(first: Tensor, second: Tensor): Tensor {
  const [tokens, a, b] = [first.dims[1]!, first.dims[2]!, second.dims[2]!];
  const data = new Float32Array(tokens * (a + b));
  for (let row = 0; row < tokens; row++) {
    data.set(first.data.subarray(row * a, (row + 1) * a), row * (a + b));
    data.set(second.data.subarray(row * b, (row + 1) * b), row * (a + b) + a);
  }
  return { data, dims: [1, tokens, a + b] };
}
