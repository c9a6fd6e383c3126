/**
 * `npm run bench -- engine [FOLDER]`: seconds a step of a random U-Net of Stable Diffusion 1.5's size and of the built-in
 * one, and the reference's beside, in one run. The reference is diffusers in eager PyTorch, called by $PYTHON (python3)
 * where it is installed; FOLDER keeps the random U-Net, 3.4 GB (var/bench). First, what the engine itself costs.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { exposeShapes, largeLayers } from "#inference/graphs/fuse-attention.ts";
import { OnnxGraph } from "#inference/graphs/onnx-graph.ts";
import type { Recipe } from "#inference/graphs/recipe.ts";
import { cardOf, readModelFolder } from "#inference/models/model-folder.ts";
import { paintOrder } from "#inference/pipelines/paint-order.ts";
import { openPipeline, type Pipeline } from "#inference/pipelines/pipeline.ts";
import { foldConstants, Session } from "#inference/runtime/session.ts";
import type { Tensor } from "#inference/tensor.ts";
import { median, report } from "./figures.ts";

const Told = z.object({ model: z.enum(["sd15", "aria", "aria-picture"]), size: z.string(), seconds: z.number() });
type Told = z.infer<typeof Told>;
const LATENT = {
  sd15: { channels: 4, px: 8, tokens: 77, width: 768 },
  aria: { channels: 28, px: 16, tokens: 40, width: 192 },
};
const OVERHEAD_TURNS = 7;
const WHOLE_TURNS = 4;
const TURNS = { sd15: 3, aria: 10 };

export async function engine([folder = "var/bench"]: readonly string[]): Promise<void> {
  await overhead();
  const python = process.env.PYTHON ?? "python3";
  if (spawnSync(python, ["-c", "import diffusers, onnx, torch"]).status !== 0) {
    console.error(
      `The reference is not installed for ${python}: nothing to compare with. Set PYTHON to one that has diffusers.`,
    );
    return;
  }
  const lines = execFileSync(python, ["-m", "training.golden.speed", folder], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const told = lines
    .trim()
    .split("\n")
    .map((line) => Told.parse(JSON.parse(line)));
  const { recipe } = await readModelFolder("models/aria");
  const sd15 = path.join(folder, "unet/model.onnx");
  const opened: [model: "sd15" | "aria", how: string, file: string, recipe: () => Promise<Recipe | null>][] = [
    ["sd15", "as exported", sd15, async () => null],
    ["sd15", "attention fused", sd15, () => fusedAt512(sd15)],
    ["aria", "in floats", "models/aria/unet/model.onnx", async () => null],
    ["aria", "by its recipe", "models/aria/unet/model.onnx", async () => recipe],
  ];
  for (const [model, how, file, recipeOf] of opened) {
    const options = { threads: availableParallelism(), spin: true, recipe: await recipeOf() };
    const session = await Session.open(file, model, options);
    for (const reference of told.filter((one) => one.model === model)) await compare(session, how, reference);
    await session.release();
  }
  await compareWhole(told.find(({ model }) => model === "aria-picture")!.seconds);
}

/** A picture from noise, with all its model's steps guided: what the reference was timed at. */
async function compareWhole(reference: number): Promise<void> {
  const folder = await readModelFolder("models/aria");
  for (const int8 of [false, true]) {
    const pipeline = await openPipeline(folder, { threads: availableParallelism(), int8, onProgress: () => {} });
    const order = { ...cardOf(folder).defaults, modelId: folder.id, prompt: "a quiet sea", negativePrompt: "" };
    const taken: number[] = [];
    for (let seed = 0; seed < WHOLE_TURNS; seed++) {
      const asked = { ...order, orderId: randomUUID(), underpainting: null, guidanceStop: 1, seeds: [seed] };
      const { timingsMs } = await paintOrder(pipeline, asked, { onGlimpse: () => {}, isCancelled: async () => false });
      taken.push(timingsMs.total / 1_000);
    }
    const how = pipeline.isInt8 ? "by its recipe" : "in floats";
    report(`a picture of aria from noise, ${how}, reference over ours`, reference / Math.min(...taken), "ratio");
    await pipeline.release();
  }
}

/** Its layers of 4,096 tokens, told by a run of the graph itself. */
async function fusedAt512(file: string): Promise<Recipe> {
  const work = mkdtempSync(path.join(tmpdir(), "aria-bench-"));
  const options = { threads: availableParallelism(), spin: false };
  try {
    const [folded, exposed] = [path.join(work, "folded.onnx"), path.join(work, "exposed.onnx")];
    await foldConstants(file, folded, options);
    const graph = OnnxGraph.read(folded);
    exposeShapes(graph);
    graph.write(exposed);
    const session = await Session.open(exposed, "sd15", options);
    const layers = largeLayers(await session.run(feedsFor("sd15", "512")));
    await session.release();
    return { graph: "", attention: { layers, measured: { difference: 0, speedup: 1 } }, int8: null, weights: null };
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** What a painting with the built-in model spends between the model's own runs, from the first to the last. */
async function overhead(): Promise<void> {
  const folder = await readModelFolder("models/aria");
  const pipeline = await openPipeline(folder, { threads: availableParallelism(), onProgress: () => {} });
  const paint = async () => {
    const runs: { from: number; to: number }[] = [];
    const predict: Pipeline["predict"] = async (...feeds) => {
      const from = performance.now();
      const answer = await pipeline.predict(...feeds);
      runs.push({ from, to: performance.now() });
      return answer;
    };
    const order = { ...cardOf(folder).defaults, modelId: folder.id, orderId: randomUUID(), prompt: "a quiet sea" };
    const breathe = () => new Promise<boolean>((go) => setImmediate(() => go(false)));
    const watcher = { onGlimpse: () => {}, isCancelled: breathe };
    await paintOrder({ ...pipeline, predict }, { ...order, negativePrompt: "", seeds: [1] }, watcher);
    const inside = runs.reduce((sum, { from, to }) => sum + to - from, 0);
    return 1 - inside / (runs.at(-1)!.to - runs[0]!.from);
  };
  await paint();
  const shares: number[] = [];
  for (let turn = 0; turn < OVERHEAD_TURNS; turn++) shares.push(await paint());
  report("time between the model's runs while denoising at 512 px, median", median(shares), "ratio");
  await pipeline.release();
}

async function compare(session: Session, how: string, { model, size, seconds }: Told): Promise<void> {
  const kind = model === "sd15" ? "sd15" : "aria";
  const feeds = feedsFor(kind, size);
  await session.run(feeds);
  const taken: number[] = [];
  for (let turn = 0; turn < TURNS[kind]; turn++) {
    const startedAt = performance.now();
    await session.run(feeds);
    taken.push((performance.now() - startedAt) / 1_000);
  }
  const ours = Math.min(...taken);
  report(`a step of ${model} at ${size} px, ${how}`, ours, "s");
  report(`a step of ${model} at ${size} px, reference`, seconds, "s");
  report(`a step of ${model} at ${size} px, ${how}, reference over ours`, seconds / ours, "ratio");
}

function feedsFor(model: keyof typeof LATENT, size: string) {
  const { channels, px, tokens, width } = LATENT[model];
  const side = Number(size) / px;
  return {
    sample: random([1, channels, side, side]),
    timestep: { data: [500], dims: [1] },
    encoder_hidden_states: random([1, tokens, width]),
  };
}

function random(dims: readonly number[]): Tensor {
  const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => Math.random() * 2 - 1);
  return { data, dims };
}
