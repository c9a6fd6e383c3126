/** What stands in the form, as text; read-draft.ts turns it into an order when it holds. */
import type { ModelCard } from "#contracts/generation.ts";
import type { Mood } from "#contracts/moods.ts";
import { MAX_SIZE_PX, SIZE_STEP_PX } from "#contracts/terms.ts";

export const SHAPES = ["square", "portrait", "landscape", "large"] as const;
export type Shape = (typeof SHAPES)[number];

export interface Draft {
  readonly prompt: string;
  readonly negativePrompt: string;
  /** Empty: the one she is in. */
  readonly mood: Mood | "";
  readonly shape: Shape;
  readonly count: number;
  /** Empty: the first there is. */
  readonly artistId: string;
  /** Empty: as the model likes it. So too the fields below. */
  readonly modelId: string;
  readonly sampler: string;
  readonly scheduleType: string;
  readonly steps: string;
  readonly guidance: string;
  readonly guidanceStop: string;
  readonly seed: string;
  readonly underpainting: string;
  readonly hasUnderpainting: boolean;
  /** Whether she may add to the theme. */
  readonly enhance: boolean;
  /** The prompt as a person has edited it, for the theme and the model it was made for; null where it is left to her. */
  readonly edited: { readonly theme: string; readonly text: string; readonly modelId: string } | null;
}

export const EMPTY_DRAFT: Draft = {
  prompt: "",
  negativePrompt: "",
  mood: "",
  shape: "square",
  count: 3,
  artistId: "",
  modelId: "",
  sampler: "",
  scheduleType: "",
  steps: "",
  guidance: "",
  guidanceStop: "",
  seed: "",
  underpainting: "",
  hasUnderpainting: true,
  enhance: true,
  edited: null,
};

const LONG_SIDE = { square: 1, portrait: 1.5, landscape: 1.5, large: 2 } as const;
const NATIVE_PX = 256;

/** What an order may ask for that is nearest to the shape at the model's own size. */
export function sizeOf(shape: Shape, model: ModelCard | undefined): { widthPx: number; heightPx: number } {
  const native = model?.nativeSizePx ?? NATIVE_PX;
  const long = Math.min(Math.round((native * LONG_SIDE[shape]) / SIZE_STEP_PX) * SIZE_STEP_PX, MAX_SIZE_PX);
  const short = shape === "large" ? long : Math.min(native, long);
  return {
    widthPx: shape === "portrait" ? short : long,
    heightPx: shape === "landscape" ? short : long,
  };
}
