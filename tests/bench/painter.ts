/**
 * `npm run bench -- painter [CAPTIONS.txt FOLDER]`: seconds a picture; with a caption a line, also the pictures, for
 * training/evaluate.py. The first caption is painted from seed 0, the next from 1, unless all get --seed N. --steps N,
 * --side PX, --guidance N and --underpainting STRENGTH|off otherwise than the model's own.
 */
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { cardOf, readModelFolder } from "#inference/models/model-folder.ts";
import { paintOrder } from "#inference/pipelines/paint-order.ts";
import { openPipeline } from "#inference/pipelines/pipeline.ts";
import { median, report } from "./figures.ts";

const SIZES = [256, 512, 1024];
const TURNS = 5;
const unwatched = { onGlimpse: () => {}, isCancelled: async () => false };

export async function painter(args: readonly string[]): Promise<void> {
  const options = {
    model: { type: "string", default: "models/aria" },
    seed: { type: "string" },
    steps: { type: "string" },
    side: { type: "string" },
    underpainting: { type: "string" },
    guidance: { type: "string" },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const folder = await readModelFolder(values.model);
  const pipeline = await openPipeline(folder, { threads: availableParallelism(), onProgress: () => {} });
  const order = { ...cardOf(folder).defaults, modelId: folder.id, negativePrompt: "" };
  if (values.steps) order.steps = Number(values.steps);
  if (values.guidance) order.guidance = Number(values.guidance);
  if (values.underpainting) order.underpainting = values.underpainting === "off" ? null : Number(values.underpainting);
  const paint = async (prompt: string, seed: number, sidePx: number) => {
    const [widthPx, heightPx] = [sidePx, sidePx];
    const asked = { ...order, prompt, widthPx, heightPx, orderId: randomUUID(), seeds: [seed] };
    return paintOrder(pipeline, asked, unwatched);
  };
  await paint("a quiet sea", 1, folder.nativeSizePx);
  const [captions, out] = positionals;
  if (captions && out) {
    mkdirSync(out, { recursive: true });
    const prompts = readFileSync(captions, "utf8").split("\n").filter(Boolean);
    for (const [i, prompt] of prompts.entries()) {
      const seed = values.seed ? Number(values.seed) : i;
      const { candidates } = await paint(prompt, seed, Number(values.side ?? folder.nativeSizePx));
      writeFileSync(path.join(out, `${String(i).padStart(4, "0")}.png`), candidates[0]!.png);
    }
    report("pictures painted from captions", prompts.length, "count");
  } else {
    for (const sidePx of SIZES) {
      const seconds: number[] = [];
      for (let turn = 0; turn < TURNS; turn++) {
        const { timingsMs } = await paint("a lighthouse in a storm, oil painting", turn, sidePx);
        seconds.push(timingsMs.total / 1_000);
      }
      report(`a picture of ${sidePx} px, median`, median(seconds), "s");
    }
  }
  await pipeline.release();
}
