/** `npm run bench -- painter [CAPTIONS.txt FOLDER]`: seconds a picture; with a caption a line, also the pictures, for training/evaluate.py. */
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { cardOf, readModelFolder } from "#inference/models/model-folder.ts";
import { paintOrder } from "#inference/pipelines/paint-order.ts";
import { openPipeline } from "#inference/pipelines/pipeline.ts";
import { median, report } from "./figures.ts";

const SIZES = [256, 512];
const TURNS = 5;
const unwatched = { onGlimpse: () => {}, isCancelled: async () => false };

export async function painter([captions, out]: readonly string[]): Promise<void> {
  const folder = await readModelFolder("models/aria");
  const pipeline = await openPipeline(folder, { threads: availableParallelism(), onProgress: () => {} });
  const order = { ...cardOf(folder).defaults, modelId: folder.id, negativePrompt: "" };
  const paint = async (prompt: string, seed: number, sidePx = folder.aria.nativeSize) => {
    const [widthPx, heightPx] = [sidePx, sidePx];
    const asked = { ...order, prompt, widthPx, heightPx, orderId: randomUUID(), seeds: [seed] };
    return paintOrder(pipeline, asked, unwatched);
  };
  await paint("a quiet sea", 1);
  for (const sidePx of SIZES) {
    const seconds: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      const { timingsMs } = await paint("a lighthouse in a storm, oil painting", turn, sidePx);
      seconds.push(timingsMs.total / 1_000);
    }
    report(`a picture of ${sidePx} px, median`, median(seconds), "s");
  }
  if (captions && out) {
    mkdirSync(out, { recursive: true });
    const prompts = readFileSync(captions, "utf8").split("\n").filter(Boolean);
    for (const [i, prompt] of prompts.entries()) {
      const { candidates } = await paint(prompt, i);
      writeFileSync(path.join(out, `${String(i).padStart(4, "0")}.png`), candidates[0]!.png);
    }
    report("pictures painted from captions", prompts.length, "count");
  }
  await pipeline.release();
}
