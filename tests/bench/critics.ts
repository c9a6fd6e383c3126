/**
 * `npm run bench -- critics [PICTURES]`: what judging costs; with a number, paints so many pictures with the built-in model
 * and prints at which values the quantiles of each critic lie, as server/domain/curation/reference-quantiles.ts has them.
 */
import { availableParallelism } from "node:os";
import sharp from "sharp";
import type { Scores } from "#contracts/generation.ts";
import { CRITERIA } from "#contracts/terms.ts";
import { readModelFolder } from "#inference/models/model-folder.ts";
import { paintTrial } from "#inference/models/optimize/trial-pictures.ts";
import { openPipeline } from "#inference/pipelines/pipeline.ts";
import { scoreTechnical } from "#inference/scoring/critics/technical.ts";
import { openScorer } from "#inference/scoring/scorer.ts";
import { median, percentile, report, timedMs } from "./figures.ts";

const TURNS = 9;
const QUANTILES = Array.from({ length: 21 }, (_, i) => i * 5);

export async function critics([pictures]: readonly string[]): Promise<void> {
  const folder = await readModelFolder("models/aria");
  const png = (seed: number, sidePx: number) => {
    const rgb = Uint8Array.from(
      { length: 64 * 64 * 3 },
      (_, i) => 128 + 100 * Math.sin((i % 192) / 9 + seed) * Math.cos(i / 4_000),
    );
    return sharp(rgb, { raw: { width: 64, height: 64, channels: 3 } })
      .resize(sidePx, sidePx)
      .png()
      .toBuffer();
  };
  const scorer = await openScorer(folder, 1);
  const three = await Promise.all([1, 2, 3].map((seed) => png(seed, 512)));
  const together: number[] = [];
  const alone: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    together.push(await timedMs(() => scorer.judge("a lake at dawn", three)));
    alone.push(
      await timedMs(async () => {
        for (const one of three) await scorer.judge("a lake at dawn", [one]);
      }),
    );
  }
  report("critics: three candidates of 512 px together", median(together), "ms");
  report("critics: one by one, over together", median(alone) / median(together), "ratio");
  // As it was before there was a scorer that stays open: opened for each picture.
  const opened: number[] = [];
  for (let turn = 0; turn < 3; turn++)
    opened.push(
      await timedMs(async () => {
        for (const one of three) {
          const fresh = await openScorer(folder, 1);
          await fresh.judge("a lake at dawn", [one]);
          await fresh.release();
        }
      }),
    );
  report(
    "critics: one by one with a scorer opened for each, over together",
    median(opened) / median(together),
    "ratio",
  );
  const { data } = await sharp(await png(4, 1024))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const technical: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) technical.push(await timedMs(async () => scoreTechnical(data, 1024, 1024)));
  report("critics: technical scores of 1024 x 1024 px", median(technical), "ms");
  if (pictures !== undefined) await quantiles(Number(pictures));
  await scorer.release();
}

async function quantiles(count: number): Promise<void> {
  const folder = await readModelFolder("models/aria");
  const pipeline = await openPipeline(folder, { threads: availableParallelism(), onProgress: () => {} });
  const scorer = await openScorer(folder, 1);
  const all: Scores[] = [];
  for (let i = 0; i < count; i++) {
    const { png, theme } = await paintTrial(pipeline, i, { sidePx: folder.nativeSizePx });
    all.push((await scorer.judge(theme, [png]))[0]!.scores);
  }
  await Promise.all([pipeline.release(), scorer.release()]);
  for (const name of CRITERIA) {
    const values = all.flatMap((scores) => scores[name] ?? []);
    if (values.length > 0)
      console.log(
        JSON.stringify({
          critic: name,
          pictures: values.length,
          quantiles: QUANTILES.map((p) => Number(percentile(values, p).toFixed(4))),
        }),
      );
  }
}
