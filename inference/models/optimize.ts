/**
 * Finds out how a model's U-Net can be computed in eight bits, and whether its pictures bear it. Ranges are taken while
 * it paints in floats; other pictures are then painted in both, and only what comes through the gate is written down.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { AriaError } from "#contracts/errors.ts";
import { type Int8Recipe, RECIPE_FILE } from "#inference/graphs/int8-recipe.ts";
import { OnnxGraph } from "#inference/graphs/onnx-graph.ts";
import { exposeRanges, type Ranges, widen } from "#inference/graphs/quantize.ts";
import { paintOrder } from "#inference/pipelines/paint-order.ts";
import { type OpenOptions, openPipeline, type Pipeline } from "#inference/pipelines/pipeline.ts";
import { foldConstants, Session } from "#inference/runtime/session.ts";
import { openScorer } from "#inference/scoring/scorer.ts";
import { refusal } from "./install/refusal.ts";
import { cardOf, type ModelFolder } from "./model-folder.ts";
import { findFolder, findPart } from "./model-parts.ts";

/** Painted to take ranges by, where nobody says otherwise. */
export const DEFAULT_PICTURES = 12;

/** What eight bits may cost, and what they must give. */
const GATE = { meanPsnr: 30, leastPsnr: 24, lost: 0.02, speedup: 1.1 };

/** What a model without a vocabulary of its own is tried by. */
const SUBJECTS = [
  "a quiet sea",
  "a city at night",
  "an old oak in a field",
  "a bowl of fruit",
  "a portrait of a woman",
];
const MANNERS = ["oil on canvas", "watercolor", "ink wash", "a photograph"];

interface Options extends Pick<OpenOptions, "threads"> {
  /** Painted to take ranges by; half as many again go through the gate. */
  readonly pictures: number;
  readonly onProgress: (painted: number, of: number) => void;
}

type Measured = Int8Recipe["measured"];

export interface Verdict {
  readonly measured: Measured;
  /** In words, each a figure short of its bar; empty: from now on it paints in eight bits. */
  readonly shortOf: readonly string[];
}

/**
 * Writes `int8.json` beside the U-Net, or removes one that does not hold any more. Throws INVALID where there is nothing
 * to gain: no fast bytes on this machine, or a model that fills holes alone.
 */
export async function optimizeModel(folder: ModelFolder, options: Options): Promise<Verdict> {
  const file = findPart(folder.dir, "unet");
  if (!file) throw new AriaError("GENERATION_FAILED", { modelId: folder.id, reason: "model_unreadable" });
  const trials = Math.ceil(options.pictures / 2);
  let painted = 0;
  const tick = () => options.onProgress(++painted, options.pictures + 2 * trials);
  const floats = await openPipeline(folder, { threads: options.threads, int8: false, onProgress: () => {} });
  try {
    if (floats.inpaints) throw refusal("id", "must be a model that paints whole pictures, to be measured by them");
    const ranges = await rangesOf(floats, file, { ...options, tick });
    const before = await paintTrials(floats, { from: options.pictures, count: trials, tick });
    const untried = { ...NOTHING_MEASURED, pictures: trials };
    const int8 = { ranges, measured: untried };
    const bytes = await openPipeline({ ...folder, int8 }, { threads: options.threads, onProgress: () => {} });
    try {
      if (!bytes.isInt8) throw refusal("id", "cannot be faster on this machine, whose processor has no sums of bytes");
      const after = await paintTrials(bytes, { from: options.pictures, count: trials, tick });
      const measured = await compare(folder, before, after);
      const shortOf = shortcomings(measured);
      await writeRecipe(folder, shortOf.length === 0 ? { ranges, measured } : null);
      return { measured, shortOf };
    } finally {
      await bytes.release();
    }
  } finally {
    await floats.release();
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

async function rangesOf(
  floats: Pipeline,
  file: string,
  { pictures, threads, tick }: Options & { tick: () => void },
): Promise<Ranges> {
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
      await paintOne({ ...floats, predict }, i);
      tick();
    }
    await session.release();
    return ranges;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

interface Trial {
  readonly png: Uint8Array;
  /** Of what was painted. */
  readonly theme: string;
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
    const trial = await paintOne({ ...pipeline, predict }, i, pipeline.folder.nativeSizePx);
    trials.push({ ...trial, ms });
    tick();
  }
  return trials;
}

/** The `i`th of pictures that differ in all that can be said, at the native size and at half of it in turn. */
async function paintOne(pipeline: Pipeline, i: number, sidePx = sizeOf(pipeline.folder, i)) {
  const { folder } = pipeline;
  const { vocabulary } = folder.aria;
  const kinds = Object.keys(vocabulary).length > 0 ? Object.values(vocabulary) : [SUBJECTS, MANNERS];
  // Kinds have different numbers of words: going through each at its own pace brings ever other pairs together.
  const prompt = kinds.map((words) => words[i % words.length]).join(", ");
  const order = {
    ...cardOf(folder).defaults,
    modelId: folder.id,
    orderId: randomUUID(),
    widthPx: sidePx,
    heightPx: sidePx,
    prompt,
    negativePrompt: "",
    seeds: [i],
  };
  const { candidates } = await paintOrder(pipeline, order, { onGlimpse: () => {}, isCancelled: async () => false });
  return { png: candidates[0]!.png, theme: prompt };
}

const SMALL_STEP_PX = 64;
const sizeOf = ({ nativeSizePx }: ModelFolder, i: number): number =>
  i % 2 === 0 ? nativeSizePx : Math.max(Math.floor(nativeSizePx / 2 / SMALL_STEP_PX) * SMALL_STEP_PX, SMALL_STEP_PX);

const PEAK = 255;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

async function compare(folder: ModelFolder, before: readonly Trial[], after: readonly Trial[]): Promise<Measured> {
  const psnr = await Promise.all(before.map(async (trial, i) => psnrOf(trial.png, after[i]!.png)));
  const scorer = await openScorer(folder, 1);
  const scoreOf = ({ theme, png }: Trial) => scorer.score(theme, [png]);
  const [was, is] = await Promise.all(
    [before, after].map(async (trials) => (await Promise.all(trials.map(scoreOf))).flat()),
  );
  await scorer.release();
  const lost = (name: "agreement" | "soundness") => {
    const known = was!.flatMap((scores, i) => {
      const [then, now] = [scores[name], is![i]![name]];
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
  return squares === 0 ? Number.MAX_VALUE : 10 * Math.log10(PEAK ** 2 / (squares / x!.length));
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

async function writeRecipe(folder: ModelFolder, recipe: Int8Recipe | null): Promise<void> {
  const file = path.join(findFolder(folder.dir, "unet"), RECIPE_FILE);
  if (!recipe) return rm(file, { force: true });
  const rounded = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(6)) : value);
  await writeFile(`${file}.part`, `${JSON.stringify(recipe, rounded)}\n`);
  await rename(`${file}.part`, file);
}
