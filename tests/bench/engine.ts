/**
 * `npm run bench -- engine [FOLDER]`: seconds a step of a random U-Net of Stable Diffusion 1.5's size and of the built-in
 * one, and the reference's beside, in one run. The reference is diffusers in eager PyTorch, called by $PYTHON (python3)
 * where it is installed; FOLDER keeps the random U-Net, 3.4 GB (var/bench). First, what the engine itself costs.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { z } from "zod";
import { cardOf, readModelFolder } from "#inference/models/model-folder.ts";
import { paintOrder } from "#inference/pipelines/paint-order.ts";
import { openPipeline, type Pipeline } from "#inference/pipelines/pipeline.ts";
import { Session } from "#inference/runtime/session.ts";
import type { Tensor } from "#inference/tensor.ts";
import { median, report } from "./figures.ts";

const Told = z.object({ model: z.enum(["sd15", "aria"]), size: z.string(), seconds: z.number() });
type Told = z.infer<typeof Told>;
const LATENT = {
  sd15: { channels: 4, px: 8, tokens: 77, width: 768 },
  aria: { channels: 28, px: 16, tokens: 40, width: 192 },
};
const OVERHEAD_TURNS = 7;
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
  for (const model of ["sd15", "aria"] as const) {
    const file = model === "sd15" ? path.join(folder, "unet/model.onnx") : "models/aria/unet/model.onnx";
    if (!existsSync(file)) continue;
    const session = await Session.open(file, model, { threads: availableParallelism(), spin: true });
    for (const reference of told.filter((one) => one.model === model)) await compare(session, reference);
    await session.release();
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

async function compare(session: Session, { model, size, seconds }: Told): Promise<void> {
  const { channels, px, tokens, width } = LATENT[model];
  const side = Number(size) / px;
  const feeds = {
    sample: random([1, channels, side, side]),
    timestep: { data: [500], dims: [1] },
    encoder_hidden_states: random([1, tokens, width]),
  };
  await session.run(feeds);
  const taken: number[] = [];
  for (let turn = 0; turn < TURNS[model]; turn++) {
    const startedAt = performance.now();
    await session.run(feeds);
    taken.push((performance.now() - startedAt) / 1_000);
  }
  const ours = Math.min(...taken);
  report(`a step of ${model} at ${size} px`, ours, "s");
  report(`a step of ${model} at ${size} px, reference`, seconds, "s");
  report(`a step of ${model} at ${size} px, reference over ours`, seconds / ours, "ratio");
}

function random(dims: readonly number[]): Tensor {
  const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => Math.random() * 2 - 1);
  return { data, dims };
}
