/** Whether a text encoder means the same with its weights in eight bits. */
import type { Recipe } from "#inference/graphs/recipe.ts";
import type { EncoderPart, ModelFolder } from "#inference/models/model-folder.ts";
import { findFolder } from "#inference/models/model-parts.ts";
import { Session } from "#inference/runtime/session.ts";
import type { Tensor } from "#inference/tensor.ts";
import { loadTokenizer, padded } from "#inference/text/tokenizer.ts";
import { trialTheme } from "./trial-pictures.ts";

/** It is done for the memory: it need not be faster, only not much slower. */
const GATE = { meanCosine: 0.999, leastCosine: 0.99, speedup: 0.5 };

type Measured = NonNullable<Recipe["weights"]>["measured"];

interface Options {
  readonly threads: number;
  readonly themes: number;
}

export async function measureEncoder(
  folder: ModelFolder,
  part: EncoderPart,
  file: string,
  { threads, themes }: Options,
): Promise<{ measured: Measured; shortOf: string[] }> {
  const tokenizer = await loadTokenizer(findFolder(folder.dir, part.replace("text_encoder", "tokenizer")));
  const asked = Array.from({ length: themes }, (_, i) => padded(tokenizer, tokenizer.idsOf(trialTheme(folder, i))));
  /** Opened one after the other: both at once may not fit. */
  const readAll = async (recipe: Recipe | null) => {
    const session = await Session.open(file, folder.id, { threads, spin: false, recipe });
    try {
      const read = (ids: readonly number[]) =>
        session.run({ [session.inputNames[0] ?? "input_ids"]: { data: ids, dims: [1, ids.length] } });
      const startedAt = performance.now();
      const answers = [];
      for (const ids of asked) answers.push(Object.values(await read(ids)));
      return { answers, ms: performance.now() - startedAt, isInt8: session.isInt8 };
    } finally {
      await session.release();
    }
  };
  const before = await readAll(null);
  const after = await readAll({ graph: "", attention: null, int8: null, weights: { measured: NOTHING_MEASURED } });
  const cosines = before.answers.flatMap((outputs, i) =>
    outputs.flatMap((output, k) => cosinesOf(output, after.answers[i]![k]!)),
  );
  const measured = {
    themes,
    meanCosine: cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length,
    leastCosine: cosines.reduce((least, cosine) => Math.min(least, cosine), 1),
    speedup: before.ms / after.ms,
  };
  // Floats beside floats would come through any gate.
  return { measured, shortOf: after.isInt8 ? shortcomings(measured) : ["its graph cannot be opened in eight bits"] };
}

const NOTHING_MEASURED: Measured = { themes: 0, meanCosine: 0, leastCosine: 0, speedup: 0 };

const shortcomings = (measured: Measured): string[] =>
  (["meanCosine", "leastCosine", "speedup"] as const)
    .filter((name) => measured[name] < GATE[name])
    .map((name) => `${name} is ${measured[name].toFixed(4)}, not ${GATE[name]}`);

/** Of vectors along the last axis, pair by pair. */
function cosinesOf(a: Tensor, b: Tensor): number[] {
  const width = a.dims.at(-1) ?? 1;
  return Array.from({ length: a.data.length / width }, (_, row) => {
    let [product, first, second] = [0, 0, 0];
    for (let i = row * width; i < (row + 1) * width; i++) {
      product += a.data[i]! * b.data[i]!;
      first += a.data[i]! ** 2;
      second += b.data[i]! ** 2;
    }
    return product / Math.sqrt(first * second || 1);
  });
}
