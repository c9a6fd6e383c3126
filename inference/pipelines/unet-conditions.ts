/** What a U-Net wants to know besides the sample and the time, by the names of its inputs. */
import type { Tensor } from "#inference/tensor.ts";
import type { PromptEmbedding } from "./text-encoders.ts";

/** Feeds by input name. */
export type Conditions = Readonly<Record<string, Tensor>>;

export interface Asked {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly guidance: number;
}

const KNOWN = ["sample", "timestep", "encoder_hidden_states", "text_embeds", "time_ids", "timestep_cond"];
export const unknownInputs = (names: readonly string[]): string[] => names.filter((name) => !KNOWN.includes(name));

/** `embeddingDim` is the width of `timestep_cond`, where the U-Net has that input. */
export function conditionsOf(
  inputNames: readonly string[],
  { hidden, pooled }: PromptEmbedding,
  asked: Asked,
  embeddingDim: number,
): Conditions {
  const { widthPx, heightPx, guidance } = asked;
  const has = (name: string) => inputNames.includes(name);
  return {
    encoder_hidden_states: hidden,
    ...(has("text_embeds") && pooled ? { text_embeds: pooled } : {}),
    // SDXL (Podell et al. 2023, arXiv:2307.01952, 2.2): original size, crop, target size, each height first.
    ...(has("time_ids") ? { time_ids: row(heightPx, widthPx, 0, 0, heightPx, widthPx) } : {}),
    ...(has("timestep_cond") ? { timestep_cond: guidanceEmbedding(guidance - 1, embeddingDim) } : {}),
  };
}

const row = (...values: number[]): Tensor => ({ data: Float32Array.from(values), dims: [1, values.length] });

const MAX_PERIOD = 10_000;
const GUIDANCE_SCALE = 1000;

/** Sinusoids of the guidance weight w, [1, dim] (LCM: Luo et al. 2023, arXiv:2310.04378, 4.2; diffusers' own layout). */
export function guidanceEmbedding(w: number, dim: number): Tensor {
  const half = Math.floor(dim / 2);
  const angles = Array.from(
    { length: half },
    (_, i) => Math.fround(w * GUIDANCE_SCALE) * Math.fround(Math.exp((-i * Math.log(MAX_PERIOD)) / (half - 1))),
  );
  const odd = dim % 2 === 1 ? [0] : [];
  return row(...angles.map(Math.sin), ...angles.map(Math.cos), ...odd);
}
