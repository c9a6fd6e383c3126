/** One seed, one picture: latents from the seed (or from the underpainting), denoised, decoded, looked at. */
import type { PaintOrder } from "#contracts/generation.ts";
import { speak, type Theme } from "#contracts/theme.ts";
import { TorchGenerator } from "#inference/rng.ts";
import { makeScheduler, spacedBy } from "#inference/schedulers/make-scheduler.ts";
import { startIndex } from "#inference/schedulers/scheduler.ts";
import { hasNaN, refusalOf } from "#inference/scoring/refusal.ts";
import { scale, type Tensor } from "#inference/tensor.ts";
import { composeSketch } from "#inference/underpainting/compose-sketch.ts";
import { type Decided, decide, type Plan } from "#inference/underpainting/read-plan.ts";
import type { StepState } from "./checkpoints.ts";
import { denoise } from "./denoise.ts";
import { besideSample, type Hole, surroundings } from "./inpaint.ts";
import type { Pipeline } from "./pipeline.ts";
import { toRgb } from "./to-rgb.ts";

/** Latents are halved twice or more, and each half must be whole. */
export const U_NET_HALVINGS = 4;

export interface Prepared {
  readonly pipeline: Pipeline;
  readonly order: PaintOrder;
  readonly theme: Theme;
  /** Whether there is anything to keep away from. */
  readonly isGuided: boolean;
  readonly canvas: Canvas;
  /** The person's own sketch, fitted to the canvas; null where there is none. */
  readonly ownSketch: Tensor | null;
  /** What is to be filled, of a picture; null but for inpainting. */
  readonly hole: Hole | null;
  /** What the underpainting shows; null where none is painted. */
  readonly plan: Plan | null;
}

export type Painted =
  | {
      readonly kind: "step";
      readonly step: number;
      readonly of: number;
      readonly clean: Tensor | null;
      readonly sketch: Tensor | null;
      /** What the next step depends on; null before the first. */
      readonly state: (() => StepState) | null;
    }
  | { readonly kind: "picture"; readonly rgb: Uint8Array; readonly spoken: string }
  | { readonly kind: "refused"; readonly reason: "nan_latents" | "blank_picture" };

/** `broken` is where it stood when it was broken off: the picture will be the one it would have been. */
export async function* paintCandidate(
  prepared: Prepared,
  seed: number,
  broken: StepState | null,
): AsyncGenerator<Painted> {
  const { pipeline, order, plan: asked } = prepared;
  const { widthPx, heightPx, enlarge } = prepared.canvas;
  const scheduler = makeScheduler(order.sampler, spacedBy(pipeline.folder.schedulerConfig, order), order.steps);
  const generator = new TorchGenerator(seed);
  const dims = [1, pipeline.latentChannels, heightPx / pipeline.latentPx, widthPx / pipeline.latentPx];
  const drawNoise = () => generator.randn(dims);
  const plan = asked && decide(asked, seed);
  const spoken = spokenTo(pipeline, order.prompt, wordsFor(prepared, plan));
  const start = order.underpainting === null ? 0 : startIndex(scheduler.timesteps.length, order.underpainting);
  const of = scheduler.timesteps.length - start;

  const sketch = sketchFor(prepared, plan, seed);
  if (sketch) yield { kind: "step", step: 0, of, clean: null, sketch, state: null };
  // The order in which noise is drawn is the reference's: the encoder's, the latents', the surroundings'.
  const encoded = sketch && (await pipeline.encode(sketch, drawNoise));
  const noise = drawNoise();
  let latents = encoded
    ? scheduler.addNoise(encoded, scale(pipeline.folder.aria.underpainting?.noise ?? 1, noise), start)
    : scale(scheduler.initNoiseSigma, noise);
  const around = prepared.hole && (await surroundings(pipeline, prepared.hole, drawNoise));
  if (broken) {
    latents = broken.sample;
    scheduler.memory = broken.memory;
    generator.state = broken.generator;
  }
  const run = {
    ...(await conditionsFor(prepared, spoken)),
    scheduler,
    predict: around ? besideSample(pipeline.predict, around) : pipeline.predict,
    latents,
    start,
    from: broken?.next ?? start,
    guidance: order.guidance,
    guidanceStop: order.guidanceStop,
    drawNoise,
  };
  for await (const { step, clean, sample } of denoise(run)) {
    latents = sample;
    const state = () => ({ next: start + step, sample, memory: scheduler.memory, generator: generator.state });
    yield { kind: "step", step, of, clean, sketch: null, state };
  }
  if (hasNaN(latents)) {
    yield { kind: "refused", reason: "nan_latents" };
    return;
  }
  const decoded = await pipeline.decode(latents);
  const rgb = toRgb(enlarge ? await enlarge(decoded) : decoded);
  const refusal = refusalOf(rgb);
  yield refusal ? { kind: "refused", reason: refusal } : { kind: "picture", rgb, spoken };
}

/** What is painted over, SDEdit's way (Meng et al. 2022, arXiv:2108.01073): a person's own sketch, or hers. */
function sketchFor({ order, ownSketch, hole, canvas }: Prepared, plan: Decided | null, seed: number): Tensor | null {
  // A hole that is filled wholly anew is filled from noise alone, as the reference does it.
  if (order.underpainting === null || (hole && order.underpainting === 1)) return null;
  if (ownSketch || !plan) return ownSketch;
  const { widthPx, heightPx } = canvas;
  return { data: composeSketch(plan, { seed, widthPx, heightPx }), dims: [1, 3, heightPx, widthPx] };
}

async function conditionsFor({ pipeline, order, canvas, isGuided }: Prepared, spoken: string) {
  const asked = { widthPx: canvas.widthPx, heightPx: canvas.heightPx, guidance: order.guidance };
  const prompt = pipeline.conditions(await pipeline.encodePrompt(spoken), asked);
  const negative = isGuided && (await pipeline.encodeNegative(negativeFor(pipeline, order, spoken)));
  return { prompt, negative: negative ? pipeline.conditions(negative, asked) : null };
}

/** What the person asked to be kept out; else what the model falls back to, unless that is what is asked for. */
function negativeFor({ folder }: Pipeline, { negativePrompt }: PaintOrder, spoken: string): string {
  const usual = folder.aria.defaultNegativePrompt;
  return negativePrompt || (spoken.includes(usual) ? "" : usual);
}

export interface Canvas {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly enlarge: Pipeline["upscale"];
}

/** What is painted for a picture of the order's size: the same, or half of it where that is more than it can hold together. */
export function canvasOf({ folder, upscale, latentPx }: Pipeline, { widthPx, heightPx }: PaintOrder): Canvas {
  const limit = folder.aria.upscaleAbovePx;
  const isWhole = [widthPx, heightPx].every((side) => side % (2 * latentPx * U_NET_HALVINGS) === 0);
  if (!upscale || limit === undefined || Math.max(widthPx, heightPx) <= limit || !isWhole)
    return { widthPx, heightPx, enlarge: null };
  return { widthPx: widthPx / 2, heightPx: heightPx / 2, enlarge: upscale };
}

/** What is spoken of: all that was decided, but of a person's own sketch only what they said, and the manner. */
function wordsFor({ theme, ownSketch }: Prepared, plan: Decided | null): Omit<Theme, "unheard"> {
  if (!plan) return theme;
  return ownSketch ? { ...theme, style: plan.style } : plan;
}

/** The prompt in the words the model was taught by, where it has a lexicon and was told anything it knows. */
function spokenTo({ folder: { lexicon } }: Pipeline, prompt: string, theme: Omit<Theme, "unheard">): string {
  return (lexicon && speak(theme, lexicon)) || prompt;
}
