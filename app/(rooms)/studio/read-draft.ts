/** Fetched once somebody comes to the form: zod weighs more than that. */
import type { z } from "zod";
import type { ModelCard } from "#contracts/generation.ts";
import { PlaceOrderInput } from "#contracts/order.ts";
import { type Draft, sizeOf } from "./draft.ts";

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
