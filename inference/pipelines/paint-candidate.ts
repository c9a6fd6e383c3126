/** One seed, one picture: latents from the seed (or from the underpainting), denoised, decoded, looked at. */
import type { PaintOrder } from "#contracts/generation.ts";
import { speak, type Theme } from "#contracts/theme.ts";
import { TorchGenerator } from "#inference/rng.ts";
import { makeScheduler } from "#inference/schedulers/make-scheduler.ts";
import { type Scheduler, startIndex } from "#inference/schedulers/scheduler.ts";
import { hasNaN, refusalOf } from "#inference/scoring/refusal.ts";
import { scale, type Tensor } from "#inference/tensor.ts";
import { composeSketch } from "#inference/underpainting/compose-sketch.ts";
import { type Decided, decide, type Plan } from "#inference/underpainting/read-plan.ts";
import { denoise } from "./denoise.ts";
import type { Pipeline, PromptEmbedding } from "./pipeline.ts";
import { toRgb } from "./to-rgb.ts";

/** Latents are halved twice or more, and each half must be whole. */
export const U_NET_HALVINGS = 4;

export interface Prepared {
  readonly pipeline: Pipeline;
  readonly order: PaintOrder;
  readonly theme: Theme;
  readonly negative: PromptEmbedding;
  readonly canvas: Canvas;
  /** The person's own sketch, fitted to the canvas; null where there is none. */
  readonly ownSketch: Tensor | null;
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
    }
  | { readonly kind: "picture"; readonly rgb: Uint8Array; readonly spoken: string }
  | { readonly kind: "refused"; readonly reason: "nan_latents" | "blank_picture" };

export async function* paintCandidate(prepared: Prepared, seed: number): AsyncGenerator<Painted> {
  const { pipeline, order, negative, plan: asked } = prepared;
  const { steps, guidance, sampler } = order;
  const { widthPx, heightPx, enlarge } = prepared.canvas;
  const scheduler = makeScheduler(sampler, pipeline.folder.schedulerConfig, steps);
  const generator = new TorchGenerator(seed);
  const dims = [1, pipeline.latentChannels, heightPx / pipeline.latentPx, widthPx / pipeline.latentPx];
  const drawNoise = () => generator.randn(dims);
  const first = drawNoise();

  const plan = asked && decide(asked, seed);
  const spoken = spokenTo(pipeline, order.prompt, wordsFor(prepared, plan));
  const prompt = await pipeline.encodePrompt(spoken);
  const strength = plan && order.underpainting !== null ? order.underpainting : 1;
  const start = plan ? startIndex(scheduler.timesteps.length, strength) : 0;
  const of = scheduler.timesteps.length - start;
  let latents = scale(scheduler.initNoiseSigma, first);
  if (plan) {
    const sketch: Tensor = prepared.ownSketch ?? {
      data: composeSketch(plan, { seed, widthPx, heightPx }),
      dims: [1, 3, heightPx, widthPx],
    };
    yield { kind: "step", step: 0, of, clean: null, sketch };
    const noise = scale(pipeline.folder.aria.underpainting?.noise ?? 1, first);
    latents = await underpaint(pipeline, scheduler, { sketch, noise, start });
  }
  const run = { scheduler, predict: pipeline.predict, latents, start, guidance, prompt, negative, drawNoise };
  for await (const { step, clean, sample } of denoise(run)) {
    latents = sample;
    yield { kind: "step", step, of, clean, sketch: null };
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

/** The sketch at the noise level of the first step: image-to-image, as SDEdit does it (Meng et al. 2022, arXiv:2108.01073). */
async function underpaint(
  pipeline: Pipeline,
  scheduler: Scheduler,
  { sketch, noise, start }: { sketch: Tensor; noise: Tensor; start: number },
): Promise<Tensor> {
  return scheduler.addNoise(await pipeline.encode(sketch), noise, start);
}
