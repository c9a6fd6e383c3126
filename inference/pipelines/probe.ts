/** A picture that is thrown away: the first run of a session plans its memory, and shows whether it runs at all. */
import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { isAriaError } from "#contracts/errors.ts";
import { cardOf } from "#inference/models/model-folder.ts";
import { paintOrder } from "./paint-order.ts";
import type { Pipeline } from "./pipeline.ts";

/** A blank picture is no fault: so few steps may not be enough for another. */
export async function probe(pipeline: Pipeline, { sidePx, steps }: { sidePx: number; steps: number }): Promise<void> {
  const { folder, inpaints } = pipeline;
  const order = {
    ...cardOf(folder).defaults,
    ...(inpaints ? { underpainting: null, ...(await holeOf(sidePx)) } : {}),
    widthPx: sidePx,
    heightPx: sidePx,
    steps,
    modelId: folder.id,
    orderId: randomUUID(),
    prompt: "a quiet sea",
    negativePrompt: "",
    seeds: [0],
  };
  try {
    await paintOrder(pipeline, order, { onGlimpse: () => {}, isCancelled: async () => false });
  } catch (error) {
    const isBlank = isAriaError(error) && error.code === "GENERATION_FAILED" && error.facts.reason === "blank_picture";
    if (!isBlank) throw error;
  }
}

/** A grey picture with all of it to be filled. */
async function holeOf(sidePx: number): Promise<{ sketchPngBase64: string; maskPngBase64: string }> {
  const flat = async (background: string) => {
    const create = { width: sidePx, height: sidePx, channels: 3 as const, background };
    return (await sharp({ create }).png().toBuffer()).toString("base64");
  };
  return { sketchPngBase64: await flat("#888"), maskPngBase64: await flat("#fff") };
}
