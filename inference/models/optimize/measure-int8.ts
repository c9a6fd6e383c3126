/**
 * Whether a model's pictures bear eight bits. Ranges are taken while it paints in floats; other pictures are then painted
 * in both, and compared.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { OnnxGraph } from "#inference/graphs/onnx-graph.ts";
import { exposeRanges, type Ranges, widen } from "#inference/graphs/quantize.ts";
import type { Recipe } from "#inference/graphs/recipe.ts";
import type { ModelFolder } from "#inference/models/model-folder.ts";
import { openPipeline, type Pipeline } from "#inference/pipelines/pipeline.ts";
import { foldConstants, Session } from "#inference/runtime/session.ts";
import { openScorer } from "#inference/scoring/scorer.ts";
import { paintTrial, type TrialPicture } from "./trial-pictures.ts";

/** What eight bits may cost, and what they must give. */
const GATE = { meanPsnr: 30, leastPsnr: 24, lost: 0.02, speedup: 1.1 };

type Int8 = NonNullable<Recipe["int8"]>;
type Measured = Int8["measured"];

interface Options {
  readonly threads: number;
  /** Painted to take ranges by. */
  readonly pictures: number;
  /** Others, that go through the gate. */
  readonly trials: number;
  readonly tick: () => void;
}

/** `floats` is the model open as it is; `folder` has what else of its recipe holds. */
export async function measureInt8(
  floats: Pipeline,
  folder: ModelFolder,
  file: string,
  options: Options,
): Promise<{ int8: Int8; shortOf: string[] }> {
  const ranges = await rangesOf(floats, file, options);
  const { pictures: from, trials: count, threads, tick } = options;
  const { graph = "", attention = null } = folder.recipe ?? {};
  const recipe = { graph, attention, int8: { ranges, measured: NOTHING_MEASURED }, weights: null };
  const bytes = await openPipeline({ ...folder, recipe }, { threads, onProgress: () => {} });
  try {
    // Floats beside floats would come through any gate.
    if (!bytes.isInt8) return { int8: recipe.int8, shortOf: ["its graph cannot be opened in eight bits"] };
    const before = await paintTrials(floats, { from, count, tick });
    const after = await paintTrials(bytes, { from, count, tick });
    const measured = await compare(folder, before, after);
    return { int8: { ranges, measured }, shortOf: shortcomings(measured) };
  } finally {
    await bytes.release();
  }
}

const NOTHING_MEASURED: Measured = {
  pictures: 0,
  meanPsnr: 0,
  leastPsnr: 0,
  agreementLost: null,
  soundnessLost: null,
  speedup: 0,
};

async function rangesOf(floats: Pipeline, file: string, { pictures, threads, tick }: Options): Promise<Ranges> {
  const work = await mkdtemp(path.join(tmpdir(), "aria-ranges-"));
  try {
    const [folded, exposed] = [path.join(work, "folded.onnx"), path.join(work, "exposed.onnx")];
    const options = { threads, spin: true };
    await foldConstants(file, folded, options);
    const graph = OnnxGraph.read(folded);
    exposeRanges(graph);
    graph.write(exposed);
    const session = await Session.open(exposed, floats.folder.id, options);
    let ranges: Ranges = {};
    const predict: Pipeline["predict"] = async (sample, timestep, conditions) => {
      const told = await session.run({ sample, timestep: { data: [timestep], dims: [1] }, ...conditions });
      ranges = widen(ranges, told);
      return told[graph.outputs[0]!]!;
    };
    for (let i = 0; i < pictures; i++) {
      await paintTrial({ ...floats, predict }, i);
      tick();
    }
    await session.release();
    return ranges;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

interface Trial extends TrialPicture {
  /** Of the U-Net, in all of its steps. */
  readonly ms: number;
}

async function paintTrials(
  pipeline: Pipeline,
  { from, count, tick }: { from: number; count: number; tick: () => void },
): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (let i = from; i < from + count; i++) {
    let ms = 0;
    const predict: Pipeline["predict"] = async (...feeds) => {
      const startedAt = performance.now();
      const answer = await pipeline.predict(...feeds);
      ms += performance.now() - startedAt;
      return answer;
    };
    // All at the native size: speeds of different sizes are no mean of anything.
    const trial = await paintTrial({ ...pipeline, predict }, i, { sidePx: pipeline.folder.nativeSizePx });
    trials.push({ ...trial, ms });
    tick();
  }
  return trials;
}

const PEAK = 255;
/** Of pictures that are the same, where it would be endless. */
const HIGHEST_PSNR = 100;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

async function compare(folder: ModelFolder, before: readonly Trial[], after: readonly Trial[]): Promise<Measured> {
  const psnr = await Promise.all(before.map(async (trial, i) => psnrOf(trial.png, after[i]!.png)));
  const scorer = await openScorer(folder, 1);
  const scoreOf = ({ theme, png }: Trial) => scorer.judge(theme, [png]);
  const [was, is] = await Promise.all(
    [before, after].map(async (trials) => (await Promise.all(trials.map(scoreOf))).flat()),
  );
  await scorer.release();
  const lost = (name: "agreement" | "soundness") => {
    const known = was!.flatMap(({ scores }, i) => {
      const [then, now] = [scores[name], is![i]!.scores[name]];
      return then === null || now === null ? [] : [then - now];
    });
    return known.length === 0 ? null : mean(known);
  };
  return {
    pictures: before.length,
    meanPsnr: mean(psnr),
    leastPsnr: Math.min(...psnr),
    agreementLost: lost("agreement"),
    soundnessLost: lost("soundness"),
    speedup: mean(before.map(({ ms }) => ms)) / mean(after.map(({ ms }) => ms)),
  };
}

/** 10 log10(255² / MSE), in dB. */
async function psnrOf(a: Uint8Array, b: Uint8Array): Promise<number> {
  const [x, y] = await Promise.all([a, b].map((png) => sharp(png).removeAlpha().raw().toBuffer()));
  const squares = x!.reduce((sum, value, i) => sum + (value - y![i]!) ** 2, 0);
  return Math.min(10 * Math.log10(PEAK ** 2 / (squares / x!.length)), HIGHEST_PSNR);
}

function shortcomings({ meanPsnr, leastPsnr, agreementLost, soundnessLost, speedup }: Measured): string[] {
  const failed = (isShort: boolean, words: string) => (isShort ? [words] : []);
  return [
    ...failed(meanPsnr < GATE.meanPsnr, `the pictures differ by ${meanPsnr.toFixed(1)} dB PSNR, not ${GATE.meanPsnr}`),
    ...failed(leastPsnr < GATE.leastPsnr, `one differs by ${leastPsnr.toFixed(1)} dB PSNR, not ${GATE.leastPsnr}`),
    ...failed((agreementLost ?? 0) > GATE.lost, `agreement falls by ${agreementLost?.toFixed(3)}`),
    ...failed((soundnessLost ?? 0) > GATE.lost, `soundness falls by ${soundnessLost?.toFixed(3)}`),
    ...failed(speedup < GATE.speedup, `a step is ${speedup.toFixed(2)} times as fast, not ${GATE.speedup}`),
  ];
}
