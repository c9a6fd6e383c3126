import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import { expect, it } from "vitest";
import type { OrderProgress, Stroke } from "#contracts/generation-events.ts";
import type { Tensor } from "#inference/tensor.ts";
import { usualPreviewMap } from "./latent-rgb.ts";
import { PreviewFrames } from "./preview-frames.ts";

const tensor = (dims: number[], value = 0): Tensor => ({
  dims,
  data: new Float32Array(dims.reduce((a, b) => a * b, 1)).fill(value),
});
const progress = (step: number, candidate = 0): OrderProgress => ({
  orderId: "an order",
  state: "painting",
  candidate,
  candidates: 2,
  step,
  of: 8,
  remainingMs: null,
});
const latents = tensor([1, 4, 8, 8]);

function framesOf(decode: ((latents: Tensor) => Promise<Tensor>) | null = null, map = usualPreviewMap("", 4)) {
  const strokes: Stroke[] = [];
  return { strokes, frames: new PreviewFrames({ map, decode }, (stroke) => strokes.push(stroke)) };
}

it("shows the sketch small, in its own proportions and colour", async () => {
  const { frames, strokes } = framesOf();
  frames.offer({ progress: progress(0), sketch: tensor([1, 3, 256, 512], 1), clean: null });
  await frames.flush();
  const { data, info } = await sharp(strokes[0]!.image).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([128, 64]);
  expect(Math.min(...data)).toBeGreaterThan(250);
});

it("leaves out steps that come too soon, but never a candidate's first", async () => {
  const { frames, strokes } = framesOf();
  for (const candidate of [0, 1]) {
    for (const step of [1, 2, 3]) frames.offer({ progress: progress(step, candidate), sketch: null, clean: latents });
  }
  await frames.flush();
  expect(strokes.map(({ candidate, step }) => [candidate, step])).toEqual([
    [0, 1],
    [1, 1],
  ]);
});

it("shows nothing rather than something untrue, where a model's colours are not known", async () => {
  const { frames, strokes } = framesOf(null, usualPreviewMap("FluxPipeline", 16));
  frames.offer({ progress: progress(1), sketch: null, clean: tensor([1, 16, 8, 8]) });
  await frames.flush();
  expect(strokes).toEqual([]);
});

it("shows what a tiny decoder makes of the latents, as seldom as it must to cost little", async () => {
  let decoded = 0;
  const decode = async () => {
    decoded++;
    await sleep(20);
    return tensor([1, 3, 512, 512], -1);
  };
  const { frames, strokes } = framesOf(decode);
  for (const candidate of [0, 1]) {
    frames.offer({ progress: progress(1, candidate), sketch: null, clean: latents });
    await frames.flush();
  }
  const shown = await Promise.all(strokes.map(({ image }) => sharp(image).metadata()));
  // 20 ms are 3 % of two thirds of a second: the second frame came too soon for another.
  expect(decoded).toBe(1);
  expect(shown.map(({ width }) => width)).toEqual([256, 8]);
});

it("loses no painting to a tiny decoder that fails, and falls back to what costs nothing", async () => {
  const decode = () => Promise.reject(new Error("it takes other inputs"));
  for (const [map, frameCount] of [
    [usualPreviewMap("", 4), 2],
    [null, 0],
  ] as const) {
    const { frames, strokes } = framesOf(decode, map);
    for (const candidate of [0, 1]) frames.offer({ progress: progress(1, candidate), sketch: null, clean: latents });
    await frames.flush();
    expect(strokes).toHaveLength(frameCount);
  }
});
