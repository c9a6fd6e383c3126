/** What lies beside a U-Net that may be painted with in eight bits: the ranges to do it by, and what it was found to cost. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

export const RECIPE_FILE = "int8.json";

export const Int8Recipe = z.object({
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
export type Int8Recipe = z.infer<typeof Int8Recipe>;

/** Null where the U-Net of this folder has none; throws when it is damaged. */
export async function readRecipe(unetDir: string): Promise<Int8Recipe | null> {
  const file = path.join(unetDir, RECIPE_FILE);
  return existsSync(file) ? Int8Recipe.parse(JSON.parse(await readFile(file, "utf8"))) : null;
}
