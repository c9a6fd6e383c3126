import type { PaintSettings } from "./generation.ts";
import { SAMPLER_TITLES, SCHEDULE_TITLES } from "./terms.ts";

interface Painted extends PaintSettings {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly seed: number;
  readonly modelHash: string;
}

/** How a picture came to be, as AUTOMATIC1111 1.10 writes it, so that other tools read it. */
export function parametersText(painted: Painted): string {
  const { underpainting } = painted;
  const settings = [
    `Steps: ${painted.steps}`,
    `Sampler: ${SAMPLER_TITLES[painted.sampler]}`,
    ...(painted.scheduleType === "automatic" ? [] : [`Schedule type: ${SCHEDULE_TITLES[painted.scheduleType]}`]),
    `CFG scale: ${painted.guidance}`,
    `Seed: ${painted.seed}`,
    `Size: ${painted.widthPx}x${painted.heightPx}`,
    `Model hash: ${painted.modelHash}`,
    `Model: ${painted.modelId}`,
    ...(underpainting === null ? [] : [`Denoising strength: ${underpainting}`]),
  ];
  const negative = painted.negativePrompt ? [`Negative prompt: ${painted.negativePrompt}`] : [];
  return [painted.prompt, ...negative, settings.join(", ")].join("\n");
}
