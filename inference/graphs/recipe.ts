/** What lies beside a graph that is computed otherwise than it was exported: how, and what that was found to cost and give. */
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
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

/** Of a text encoder: its weights alone. */
const Weights = z.object({
  /** Against the same themes read in floats, by the gate it came through. */
  measured: z.object({
    themes: z.int(),
    /** Between the vectors of each token, and those of the whole. */
    meanCosine: z.number(),
    leastCosine: z.number(),
    /** Seconds a theme in floats over the same in eight bits. */
    speedup: z.number(),
  }),
});

export const Recipe = z.object({
  /** Fingerprint of the graph it was measured with: another one, of the same names, has other ranges. */
  graph: z.string(),
  /** Null where no layer is large enough, or nothing is gained. */
  attention: Attention.nullable(),
  int8: Int8.nullable(),
  weights: Weights.nullable().default(null),
});
export type Recipe = z.infer<typeof Recipe>;

/** What of it holds where no eight bits are wanted. */
export const inFloats = (recipe: Recipe): Recipe => ({ ...recipe, int8: null, weights: null });

/** Null where there is none beside this graph, or one that is damaged or for another: it is painted with all the same. */
export async function readRecipe(graph: string): Promise<Recipe | null> {
  const file = path.join(path.dirname(graph), RECIPE_FILE);
  if (!existsSync(file)) return null;
  try {
    const recipe = Recipe.safeParse(JSON.parse(await readFile(file, "utf8")));
    return recipe.success && recipe.data.graph === (await fingerprintOf(graph)) ? recipe.data : null;
  } catch {
    return null;
  }
}

const BEGINNING_BYTES = 1_000_000;

/** Of the graph, and of the size and the beginning of what weights lie beside it; 16 hex digits. */
export async function fingerprintOf(graph: string): Promise<string> {
  const hash = createHash("sha256");
  const dir = path.dirname(graph);
  const beside = (await readdir(dir)).filter((name) => !/\.(json|part)$/.test(name)).sort();
  for (const name of beside) {
    const at = path.join(dir, name);
    hash.update(`${name} ${(await stat(at)).size}`);
    const end = at === graph ? Number.POSITIVE_INFINITY : BEGINNING_BYTES - 1;
    for await (const chunk of createReadStream(at, { end })) hash.update(chunk);
  }
  return hash.digest("hex").slice(0, 16);
}
