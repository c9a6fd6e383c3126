/** What lies beside a U-Net that is computed otherwise than it was exported: how, and what that was found to cost and give. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

export const RECIPE_FILE = "recipe.json";

const Attention = z.object({
  layers: z.array(z.object({ softmax: z.string(), heads: z.int().min(1) })),
  /** At the model's native size. */
  measured: z.object({
    /** |fused - unfused| / |unfused| of one prediction. */
    difference: z.number(),
    /** Seconds a step as exported over the same fused. */
    speedup: z.number(),
  }),
});

const Int8 = z.object({
  /** By tensor, the least and the largest value. */
  ranges: z.record(z.string(), z.tuple([z.number(), z.number()])),
  /** Against the same pictures painted in floats, by the gate it came through. */
  measured: z.object({
    pictures: z.int(),
    /** Of the same pictures in both precisions, in dB. */
    meanPsnr: z.number(),
    leastPsnr: z.number(),
    /** Float over eight bits; null for a model without a scorer. */
    agreementLost: z.number().nullable(),
    soundnessLost: z.number().nullable(),
    /** Seconds a step in floats over the same in eight bits. */
    speedup: z.number(),
  }),
});

export const Recipe = z.object({
  /** Null where no layer is large enough, or nothing is gained. */
  attention: Attention.nullable(),
  int8: Int8.nullable(),
});
export type Recipe = z.infer<typeof Recipe>;

/** Null where the U-Net of this folder has none; throws when it is damaged. */
export async function readRecipe(unetDir: string): Promise<Recipe | null> {
  const file = path.join(unetDir, RECIPE_FILE);
  return existsSync(file) ? Recipe.parse(JSON.parse(await readFile(file, "utf8"))) : null;
}
