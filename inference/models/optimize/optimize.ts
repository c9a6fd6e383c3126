/** Finds out how a model's U-Net is computed faster on this machine, and writes down what came through the gates. */
import { rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { AriaError } from "#contracts/errors.ts";
import { fingerprintOf, RECIPE_FILE, type Recipe } from "#inference/graphs/recipe.ts";
import { refusal } from "#inference/models/install/refusal.ts";
import type { ModelFolder } from "#inference/models/model-folder.ts";
import { findFolder, findPart } from "#inference/models/model-parts.ts";
import { openPipeline } from "#inference/pipelines/pipeline.ts";
import { multipliesBytes } from "#inference/runtime/cpu.ts";
import { tryProviders } from "#inference/runtime/session.ts";
import { measureAttention } from "./measure-attention.ts";
import { measureInt8 } from "./measure-int8.ts";

/** Painted to take ranges by, where nobody says otherwise. */
export const DEFAULT_PICTURES = 12;

interface Options {
  readonly threads: number;
  /** Painted to take ranges by; half as many again go through the gate. */
  readonly pictures: number;
  readonly onProgress: (painted: number, of: number) => void;
}

export interface Verdict {
  readonly attention: ({ readonly layers: number } & NonNullable<Recipe["attention"]>["measured"]) | null;
  /** As it was measured, whether that was enough or not; null where it was not tried. */
  readonly int8: NonNullable<Recipe["int8"]>["measured"] | null;
  /** In words, why not in eight bits; empty: from now on it is painted in these. */
  readonly shortOf: readonly string[];
}

/**
 * Writes `recipe.json` beside the U-Net, or removes one that does not hold any more. Throws INVALID for a model that
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
  const unet = await fingerprintOf(file);
  const asItIs = await openPipeline({ ...folder, recipe: null }, { threads, onProgress: () => {} });
  try {
    if (asItIs.inpaints) throw refusal("id", "must be a model that paints whole pictures, to be measured by them");
    const attention = await measureAttention(asItIs, file, { threads });
    const fused = { ...folder, recipe: { unet, attention, int8: null } };
    const { int8, shortOf } = multipliesBytes()
      ? await measureInt8(asItIs, fused, file, { threads, pictures, trials, tick })
      : { int8: null, shortOf: ["this machine's processor is not known to have sums of bytes"] };
    await writeRecipe(folder, { unet, attention, int8: shortOf.length === 0 ? int8 : null });
    return {
      attention: attention && { layers: attention.layers.length, ...attention.measured },
      int8: int8?.measured ?? null,
      shortOf,
    };
  } finally {
    await asItIs.release();
  }
}

async function writeRecipe(folder: ModelFolder, recipe: Recipe): Promise<void> {
  const file = path.join(findFolder(folder.dir, "unet"), RECIPE_FILE);
  if (!recipe.attention && !recipe.int8) return rm(file, { force: true });
  const rounded = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(6)) : value);
  await writeFile(`${file}.part`, `${JSON.stringify(recipe, rounded)}\n`);
  await rename(`${file}.part`, file);
}
