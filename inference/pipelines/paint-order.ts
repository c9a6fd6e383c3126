/** All candidates of an order, one after the other, with what can be seen of them meanwhile. */
import sharp from "sharp";
import { AriaError } from "#contracts/errors.ts";
import type { PaintOrder } from "#contracts/generation.ts";
import type { OrderProgress } from "#contracts/generation-events.ts";
import { readTheme, UNREAD } from "#contracts/theme.ts";
import { makeScheduler, spacedBy } from "#inference/schedulers/make-scheduler.ts";
import type { Tensor } from "#inference/tensor.ts";
import { readMask, readOwnSketch } from "#inference/underpainting/own-sketch.ts";
import { readPlan } from "#inference/underpainting/read-plan.ts";
import { type Checkpoints, NO_CHECKPOINTS, type Standing } from "./checkpoints.ts";
import { canvasOf, type Prepared, paintCandidate, U_NET_HALVINGS } from "./paint-candidate.ts";
import type { PaintedCandidate } from "./painted-candidate.ts";
import type { Pipeline } from "./pipeline.ts";

export interface PaintedOrder {
  readonly model: { readonly id: string; readonly hash: string; readonly int8: boolean };
  readonly candidates: readonly PaintedCandidate[];
  readonly timingsMs: {
    readonly text: number;
    readonly denoise: number;
    readonly decode: number;
    readonly total: number;
  };
}

/** What may be shown after a step: the underpainting's pixels, or latents to be turned into some. */
export interface Glimpse {
  readonly progress: OrderProgress;
  readonly sketch: Tensor | null;
  readonly clean: Tensor | null;
}

export interface Watcher {
  /** After every step, and before the first with the underpainting. */
  readonly onGlimpse: (glimpse: Glimpse) => void;
  /** Asked after every step, before it is shown; lets messages come in first, for a run blocks the thread. */
  readonly isCancelled: () => Promise<boolean>;
}

/** A refused picture is painted again from a seed this far on, so that it never meets a neighbour's. */
const REPAINT_STRIDE = 1_000_003;
const REPAINTS = 2;

/** With `checkpoints` it goes on from where it was broken off, and leaves behind what it could go on from. */
export async function paintOrder(
  pipeline: Pipeline,
  order: PaintOrder,
  watcher: Watcher,
  checkpoints: Checkpoints = NO_CHECKPOINTS,
): Promise<PaintedOrder> {
  refuseUnpaintable(pipeline, order);
  const startedAt = performance.now();
  const prepared = await prepare(pipeline, order);
  const text = performance.now() - startedAt;
  const begunAt = checkpoints.standing.candidates.length / order.seeds.length;
  const clock = { denoise: 0, decode: 0, startedAt, begunAt };
  const candidates = [...checkpoints.standing.candidates];
  for (const [index, seed] of order.seeds.entries()) {
    if (index < candidates.length) continue;
    const broken = index === checkpoints.standing.candidates.length ? checkpoints.standing.step : null;
    const finished = await paintOne({ prepared, watcher, checkpoints, clock, index, seed, broken });
    candidates.push(finished);
    if (index < order.seeds.length - 1) checkpoints.candidate(finished);
  }
  checkpoints.clear();
  const total = performance.now() - startedAt;
  const timingsMs = { text, denoise: clock.denoise, decode: clock.decode, total };
  const { folder, hash, isInt8: int8 } = pipeline;
  return { model: { id: folder.id, hash, int8 }, candidates, timingsMs };
}

/** Everything that can be known to fail before the first step does so here, named. */
function refuseUnpaintable({ folder, latentPx, canPaintOver, canSketch, inpaints }: Pipeline, order: PaintOrder): void {
  const { id } = folder;
  const refuse = (field: string, reason: string) => {
    throw new AriaError("INVALID", { field, reason });
  };
  const { sketchPngBase64: sketch, maskPngBase64: mask, underpainting } = order;
  if (underpainting !== null && !canPaintOver)
    refuse("underpainting", `must be off for ${id}, which has no vae_encoder`);
  if (underpainting !== null && !sketch && !canSketch)
    refuse("underpainting", `must be off for ${id}, which has no label_heads to sketch with, or come with a sketch`);
  if (sketch && underpainting === null && !mask) refuse("underpainting", "must be 0.05 to 1 to paint over a sketch");
  if (mask && !inpaints) refuse("maskPngBase64", `must be absent for ${id}, which was not taught to fill holes`);
  if (inpaints && !mask) refuse("maskPngBase64", `must say what to fill: ${id} does nothing else`);
  if (mask && !sketch) refuse("sketchPngBase64", "must be the picture that the mask belongs to");
  for (const field of ["widthPx", "heightPx"] as const) {
    const stepPx = Math.max(64, latentPx * U_NET_HALVINGS);
    if (order[field] % stepPx !== 0) refuse(field, `must be a multiple of ${stepPx} for ${id}`);
  }
  makeScheduler(order.sampler, spacedBy(folder.schedulerConfig, order), order.steps);
}

async function prepare(pipeline: Pipeline, order: PaintOrder): Promise<Prepared> {
  const prompt = await pipeline.encodePrompt(order.prompt);
  const isGuided = order.guidance > 1 && !pipeline.isToldGuidance;
  const { lexicon } = pipeline.folder;
  const theme = lexicon ? readTheme(order.prompt, lexicon) : UNREAD;
  // The guess is a run of its own, and wanted only where no word names a scene.
  const sceneOf = async () => theme.scene ?? pipeline.guessScene(prompt);
  const plan = order.underpainting !== null && pipeline.canSketch ? readPlan(theme, await sceneOf()) : null;
  const canvas = canvasOf(pipeline, order);
  const { widthPx, heightPx } = canvas;
  const { sketchPngBase64, maskPngBase64 } = order;
  const ownSketch = sketchPngBase64 ? await readOwnSketch(sketchPngBase64, widthPx, heightPx) : null;
  const mask = maskPngBase64 ? await readMask(maskPngBase64, widthPx, heightPx) : null;
  return {
    pipeline,
    order,
    theme,
    isGuided,
    plan,
    canvas,
    ownSketch,
    hole: ownSketch && mask && { picture: ownSketch, mask },
  };
}

interface OneOf {
  readonly prepared: Prepared;
  readonly watcher: Watcher;
  readonly checkpoints: Checkpoints;
  readonly clock: {
    denoise: number;
    decode: number;
    readonly startedAt: number;
    /** Share of the order that was painted before it was broken off. */
    readonly begunAt: number;
  };
  readonly index: number;
  readonly seed: number;
  readonly broken: Standing["step"];
}

async function paintOne({
  prepared,
  watcher,
  checkpoints,
  clock,
  index,
  seed,
  broken,
}: OneOf): Promise<PaintedCandidate> {
  const { order, pipeline } = prepared;
  let reason: "nan_latents" | "blank_picture" = "blank_picture";
  for (let attempt = broken?.attempt ?? 0; attempt <= REPAINTS; attempt++) {
    const painted = (seed + attempt * REPAINT_STRIDE) % 2 ** 32;
    let steppedAt = performance.now();
    for await (const event of paintCandidate(prepared, painted, attempt === broken?.attempt ? broken : null)) {
      const now = performance.now();
      if (event.kind === "step") {
        clock.denoise += now - steppedAt;
        if (event.state) checkpoints.step(attempt, event.state);
        if (await watcher.isCancelled()) throw new AriaError("CANCELLED", { orderId: order.orderId });
        const progress = progressOf({ order, clock, index, step: event.step, of: event.of });
        watcher.onGlimpse({ progress, sketch: event.sketch, clean: event.clean });
      } else {
        clock.decode += now - steppedAt;
        if (event.kind === "picture") {
          const { rgb, spoken } = event;
          return { seed: painted, png: await encode(rgb, order), spoken };
        }
        reason = event.reason;
      }
      steppedAt = performance.now();
    }
  }
  throw new AriaError("GENERATION_FAILED", { modelId: pipeline.folder.id, reason });
}

interface Moment {
  readonly order: PaintOrder;
  readonly clock: OneOf["clock"];
  readonly index: number;
  readonly step: number;
  readonly of: number;
}

/** Time left by this order's own pace so far; decoding counts as one more step. */
function progressOf({ order, clock, index, step, of }: Moment): OrderProgress {
  const candidates = order.seeds.length;
  const share = (index * (of + 1) + step) / (candidates * (of + 1));
  const elapsed = performance.now() - clock.startedAt;
  const painted = share - clock.begunAt;
  const remainingMs = painted > 0 ? Math.round((elapsed / painted) * (1 - share)) : null;
  return { orderId: order.orderId, state: "painting", candidate: index, candidates, step, of, remainingMs };
}

/** Level 6 without filter search: a third of the time of sharp's adaptive filtering for a few per cent of size. */
const encode = (rgb: Uint8Array, { widthPx: width, heightPx: height }: PaintOrder): Promise<Buffer> =>
  sharp(rgb, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer();
