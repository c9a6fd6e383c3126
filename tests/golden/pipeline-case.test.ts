/**
 * What diffusers paints with tiny random pipelines of its own, and what we paint with the same files. The models and
 * pictures come from `python -m training.golden.pipelines`.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { PaintOrder, Sampler } from "#contracts/generation.ts";
import { cardOf, readModelFolder } from "#inference/models/model-folder.ts";
import { paintOrder } from "#inference/pipelines/paint-order.ts";
import { openPipeline, type Pipeline } from "#inference/pipelines/pipeline.ts";
import { smallOrder } from "#tests/small-order.ts";

const FOLDER = path.join(import.meta.dirname, "pipelines");
/** Of 255. */
const TOLERANCE = 1;

const Case = z.object({
  model: z.string(),
  picture: z.string(),
  prompt: z.string(),
  negative: z.string().default(""),
  seed: z.int(),
  steps: z.int(),
  guidance: z.number(),
  sampler: Sampler.optional(),
  width: z.int().default(64),
  image: z.string().optional(),
  mask: z.string().optional(),
  strength: z.number().optional(),
});
const { cases } = z
  .object({ cases: z.array(Case).min(24) })
  .parse(JSON.parse(readFileSync(path.join(FOLDER, "cases.json"), "utf8")));

const read = (name: string | undefined) => name && readFileSync(path.join(FOLDER, name)).toString("base64");
const pixelsOf = async (png: Uint8Array) => sharp(png).removeAlpha().raw().toBuffer();

async function paint(pipeline: Pipeline, asked: z.infer<typeof Case>): Promise<Buffer> {
  const order = PaintOrder.parse(
    smallOrder({
      modelId: asked.model,
      prompt: asked.prompt,
      negativePrompt: asked.negative,
      seeds: [asked.seed],
      steps: asked.steps,
      guidance: asked.guidance,
      sampler: asked.sampler ?? cardOf(pipeline.folder).defaults.sampler,
      widthPx: asked.width,
      underpainting: asked.strength ?? null,
      sketchPngBase64: read(asked.image),
      maskPngBase64: read(asked.mask),
    }),
  );
  const { candidates } = await paintOrder(pipeline, order, { onGlimpse: () => {}, isCancelled: async () => false });
  return pixelsOf(candidates[0]!.png);
}

describe.each([...new Set(cases.map(({ model }) => model))])("%s", (model) => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await openPipeline(await readModelFolder(path.join(FOLDER, model)), {
      threads: 1,
      onProgress: () => {},
    });
  });
  afterAll(() => pipeline.release());

  it.each(cases.filter((one) => one.model === model))("paints what diffusers paints: $picture", async (asked) => {
    const [ours, theirs] = [
      await paint(pipeline, asked),
      await pixelsOf(readFileSync(path.join(FOLDER, asked.picture))),
    ];
    expect(ours).toHaveLength(theirs.length);
    const furthest = ours.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i]!)), 0);
    expect(furthest).toBeLessThanOrEqual(TOLERANCE);
  });
});
