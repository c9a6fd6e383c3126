/** Finds out how a model is computed faster, and in less memory, on this machine, and writes down what came through the gates. */
import { readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { AriaError } from "#contracts/errors.ts";
import { fingerprintOf, RECIPE_FILE, type Recipe } from "#inference/graphs/recipe.ts";
import { refusal } from "#inference/models/install/refusal.ts";
import { ENCODER_PARTS, type EncoderPart, type ModelFolder } from "#inference/models/model-folder.ts";
import { findFolder, findPart } from "#inference/models/model-parts.ts";
import { openPipeline } from "#inference/pipelines/pipeline.ts";
import { multipliesBytes } from "#inference/runtime/cpu.ts";
import { tryProviders } from "#inference/runtime/session.ts";
import { measureAttention } from "./measure-attention.ts";
import { measureEncoder } from "./measure-encoder.ts";
import { measureInt8 } from "./measure-int8.ts";

/** Painted to take ranges by, where nobody says otherwise. */
export const DEFAULT_PICTURES = 12;
const LEAST_ENCODER_BYTES = 50_000_000;

interface Options {
  readonly threads: number;
  /** Painted to take ranges by; half as many again go through the gate. */
  readonly pictures: number;
  readonly onProgress: (painted: number, of: number) => void;
  /** Text encoders of fewer have next to nothing to save. */
  readonly leastEncoderBytes?: number;
}

export interface Verdict {
  readonly attention: ({ readonly layers: number } & NonNullable<Recipe["attention"]>["measured"]) | null;
  /** As it was measured, whether that was enough or not; null where it was not tried. */
  readonly int8: NonNullable<Recipe["int8"]>["measured"] | null;
  /** In words, why not in eight bits; empty: from now on it is painted in these. */
  readonly shortOf: readonly string[];
  /** Text encoders that were tried with their weights in eight bits. */
  readonly encoders: readonly EncoderVerdict[];
}

export type EncoderVerdict = { readonly part: EncoderPart; readonly shortOf: readonly string[] } & NonNullable<
  Recipe["weights"]
>["measured"];

/**
 * Writes `recipe.json` beside the U-Net and the text encoders, or removes one that does not hold any more. Throws INVALID for a model that
 * fills holes alone.
 */
export async function optimizeModel(folder: ModelFolder, options: Options): Promise<Verdict> {
  const { threads, pictures, onProgress } = options;
  const file = findPart(folder.dir, "unet");
  if (!file) throw new AriaError("GENERATION_FAILED", { modelId: folder.id, reason: "model_unreadable" });
  const trials = Math.ceil(pictures / 2);
  let painted = 0;
  const tick = () => onProgress(++painted, pictures + 2 * trials);
  // What is found out is for the CPU, whatever else there may be.
  tryProviders([]);
  const graph = await fingerprintOf(file);
  const floats = { ...folder, recipe: null, encoderRecipes: {} };
  const asItIs = await openPipeline(floats, { threads, onProgress: () => {} });
  try {
    if (asItIs.inpaints) throw refusal("id", "must be a model that paints whole pictures, to be measured by them");
    const attention = await measureAttention(asItIs, file, { threads });
    const fused = { ...floats, recipe: { graph, attention, int8: null, weights: null } };
    const { int8, shortOf } = multipliesBytes()
      ? await measureInt8(asItIs, fused, file, { threads, pictures, trials, tick })
      : { int8: null, shortOf: ["this machine's processor is not known to have sums of bytes"] };
    await writeRecipe(folder, "unet", { graph, attention, int8: shortOf.length === 0 ? int8 : null, weights: null });
    const encoders = multipliesBytes() ? await optimizeEncoders(folder, options) : [];
    return {
      attention: attention && { layers: attention.layers.length, ...attention.measured },
      int8: int8?.measured ?? null,
      shortOf,
      encoders,
    };
  } finally {
    await asItIs.release();
  }
}

/** Of those large enough that it is worth it. Their weights are most of what SDXL holds beside its U-Net. */
async function optimizeEncoders(
  folder: ModelFolder,
  { threads, pictures, leastEncoderBytes = LEAST_ENCODER_BYTES }: Options,
): Promise<EncoderVerdict[]> {
  const verdicts: EncoderVerdict[] = [];
  for (const part of ENCODER_PARTS) {
    const file = findPart(folder.dir, part);
    if (!file || (await bytesOf(path.dirname(file))) < leastEncoderBytes) continue;
    const graph = await fingerprintOf(file);
    const { measured, shortOf } = await measureEncoder(folder, part, file, { threads, themes: pictures });
    const weights = shortOf.length === 0 ? { measured } : null;
    await writeRecipe(folder, part, { graph, attention: null, int8: null, weights });
    verdicts.push({ part, ...measured, shortOf });
  }
  return verdicts;
}

async function bytesOf(dir: string): Promise<number> {
  const sizes = await Promise.all((await readdir(dir)).map(async (name) => (await stat(path.join(dir, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function writeRecipe(folder: ModelFolder, part: "unet" | EncoderPart, recipe: Recipe): Promise<void> {
  const file = path.join(findFolder(folder.dir, part), RECIPE_FILE);
  if (!recipe.attention && !recipe.int8 && !recipe.weights) return rm(file, { force: true });
  const rounded = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(6)) : value);
  await writeFile(`${file}.part`, `${JSON.stringify(recipe, rounded)}\n`);
  await rename(`${file}.part`, file);
}
