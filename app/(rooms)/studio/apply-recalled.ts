import type { ModelCard } from "#contracts/generation.ts";
import { SPACED_SAMPLERS } from "#contracts/terms.ts";
import { type Draft, EMPTY_DRAFT, type Shape } from "./draft.ts";
import type { Recalled } from "./recall/read-settings.ts";

const LARGE_FROM_PX = 1_000;

const shapeOf = (widthPx: number, heightPx: number): Shape =>
  widthPx > 1.15 * heightPx
    ? "landscape"
    : heightPx > 1.15 * widthPx
      ? "portrait"
      : widthPx >= LARGE_FROM_PX
        ? "large"
        : "square";

/** The form as the picture was made, and what of that is not to be had here. */
export function applyRecalled(recalled: Recalled, models: readonly ModelCard[]): { draft: Draft; missing: string[] } {
  const { prompt, negativePrompt, seed, steps, guidance, sampler, scheduleType, modelId, widthPx, heightPx } = recalled;
  const model = models.find(({ id }) => id === modelId) ?? models[0];
  const canSample = sampler !== undefined && model?.samplers.includes(sampler);
  const text = (number: number | undefined) => (number === undefined ? "" : String(number));
  const draft: Draft = {
    ...EMPTY_DRAFT,
    prompt,
    negativePrompt,
    // It is to be as it was: she adds nothing.
    enhance: false,
    count: 1,
    modelId: modelId !== undefined && model?.id === modelId ? modelId : "",
    sampler: canSample ? sampler : "",
    scheduleType: canSample && scheduleType && SPACED_SAMPLERS.includes(sampler) ? scheduleType : "",
    steps: text(steps),
    guidance: text(guidance),
    seed: text(seed),
    ...(widthPx && heightPx && { shape: shapeOf(widthPx, heightPx) }),
  };
  const missing = [
    ...recalled.unknown,
    ...(modelId !== undefined && draft.modelId === "" ? [modelId] : []),
    ...(sampler !== undefined && !canSample ? [sampler] : []),
  ];
  return { draft, missing };
}
