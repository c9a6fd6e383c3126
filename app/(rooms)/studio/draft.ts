/** What stands in the form, as text; turned into an order only when it holds. */
import type { z } from "zod";
import type { ModelCard } from "#contracts/generation.ts";
import type { Mood } from "#contracts/moods.ts";
import { PlaceOrderInput } from "#contracts/order.ts";
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

export type Problems = Readonly<Partial<Record<string, string>>>;
type Read =
  | { readonly input: z.input<typeof PlaceOrderInput>; readonly problems: null }
  | { readonly problems: Problems };

/** The order, or what is wrong with it, by field. */
export function readDraft(draft: Draft, model: ModelCard | undefined): Read {
  const { prompt, negativePrompt, count } = draft;
  // What she proposed holds for the theme it was made from, and while she may add to it.
  const edited = draft.enhance && draft.edited?.theme === prompt ? draft.edited : undefined;
  const enhance = draft.enhance || prompt.trim() === "";
  const number = (text: string) => (text.trim() === "" ? undefined : Number(text));
  const candidate = {
    prompt,
    negativePrompt,
    enhance,
    edited: edited?.text,
    count,
    // A square is the model's own size, whichever model she takes; before any is known, it is the one to ask for.
    ...(model && (draft.shape !== "square" || draft.modelId) && sizeOf(draft.shape, model)),
    mood: draft.mood || undefined,
    artistId: draft.artistId || undefined,
    modelId: draft.modelId || edited?.modelId,
    sampler: draft.sampler || undefined,
    scheduleType: draft.scheduleType || undefined,
    steps: number(draft.steps),
    guidance: number(draft.guidance),
    guidanceStop: number(draft.guidanceStop),
    seed: number(draft.seed),
    underpainting: draft.hasUnderpainting ? number(draft.underpainting) : null,
  };
  const parsed = PlaceOrderInput.safeParse(candidate);
  if (parsed.success) return { input: parsed.data, problems: null };
  const entries = parsed.error.issues.map(({ path, message }) => [String(path[0]), message] as const);
  return { problems: Object.fromEntries(entries.toReversed()) };
}
