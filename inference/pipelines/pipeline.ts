/** A model with its sessions open: what the painting loop calls, in float32, one picture at a time. */
import { AriaError } from "#contracts/errors.ts";
import { inFloats, type Recipe } from "#inference/graphs/recipe.ts";
import { type EncoderPart, hashModel, type ModelFolder } from "#inference/models/model-folder.ts";
import { findFolder, findPart } from "#inference/models/model-parts.ts";
import { Session, type SessionOptions } from "#inference/runtime/session.ts";
import type { Tensor } from "#inference/tensor.ts";
import { loadTokenizer } from "#inference/text/tokenizer.ts";
import { embed, nothingLike, type PromptEmbedding, type TextEncoder } from "./text-encoders.ts";
import { type Asked, type Conditions, conditionsOf, unknownInputs } from "./unet-conditions.ts";
import { decodeWith, encodeWith, latentPxOf } from "./vae.ts";

const EMBEDDINGS_KEPT = 16;

export interface Pipeline {
  readonly folder: ModelFolder;
  readonly hash: string;
  /** Of a picture; an inpainting U-Net takes more, for the mask and what lies around it. */
  readonly latentChannels: number;
  /** Picture pixels a latent cell, along one side. */
  readonly latentPx: number;
  /** It can begin from a picture. */
  readonly canPaintOver: boolean;
  /** It can compose its own. */
  readonly canSketch: boolean;
  /** It fills holes in a picture, and does nothing else. */
  readonly inpaints: boolean;
  /** Guidance is told to the U-Net, which was distilled under it, instead of asking it twice. */
  readonly isToldGuidance: boolean;
  /** Its U-Net, or what reads prompts, computes in eight bits. */
  readonly isInt8: boolean;
  encodePrompt(prompt: string): Promise<PromptEmbedding>;
  /** What is kept away from: for SDXL, nothing at all where the prompt is empty. */
  encodeNegative(prompt: string): Promise<PromptEmbedding>;
  conditions(prompt: PromptEmbedding, asked: Asked): Conditions;
  /** What the model was trained to predict, at one noise level, batch 1. */
  predict(sample: Tensor, timestep: number, conditions: Conditions): Promise<Tensor>;
  /** [1, 3, height, width] in [-1, 1] from scheduler-space latents. */
  decode(latents: Tensor): Promise<Tensor>;
  /** [1, 3, height, width] in [-1, 1], nearly, in a fraction of the time; null where it has no tiny decoder. */
  readonly decodeTiny: ((latents: Tensor) => Promise<Tensor>) | null;
  /** The other way; only where `canPaintOver`. Noise is drawn where the encoder gives a distribution. */
  encode(picture: Tensor, drawNoise: () => Tensor): Promise<Tensor>;
  /** The scene a prompt is likeliest about, of those the label heads know; only where `canSketch`. */
  guessScene(prompt: PromptEmbedding): Promise<string>;
  /** Twice the size, [1, 3, 2 height, 2 width]; null where it has no upscaler. */
  readonly upscale: ((picture: Tensor) => Promise<Tensor>) | null;
  release(): Promise<void>;
}

export interface OpenOptions {
  readonly threads: number;
  readonly onProgress: (share: number) => void;
  /** Where graphs are kept as they were optimised for this machine; absent: nowhere. */
  readonly sessionsDir?: string;
  /** False: in floats, whatever lies beside the graphs. */
  readonly int8?: boolean;
}

export async function openPipeline(folder: ModelFolder, options: OpenOptions): Promise<Pipeline> {
  const opened: Session[] = [];
  try {
    return await open(folder, options, opened);
  } catch (error) {
    await Promise.all(opened.map((session) => session.release()));
    throw error;
  }
}

/** `opened` is told of every session, so that none is left behind when a later one fails. */
async function open(
  folder: ModelFolder,
  { threads, onProgress, sessionsDir, int8 = true }: OpenOptions,
  opened: Session[],
): Promise<Pipeline> {
  const { dir, id } = folder;
  const unreadable = (cause: unknown) =>
    new AriaError("GENERATION_FAILED", { modelId: id, reason: "model_unreadable" }, { cause });
  const hash = await hashModel(dir).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  const cache = sessionsDir ? { dir: sessionsDir, modelId: id, modelHash: hash } : null;
  const openOptional = async (part: string, more: Partial<SessionOptions> = {}) => {
    const file = findPart(dir, part);
    if (!file) return null;
    const session = await Session.open(file, id, { threads, spin: false, cache, ...more });
    opened.push(session);
    return session;
  };
  const openPart = async (part: string, more: Partial<SessionOptions> = {}) => {
    const session = await openOptional(part, more);
    if (!session) throw unreadable(`it has no ${part}`);
    return session;
  };
  const recipeOf = (recipe: Recipe | null = null) => (int8 ? recipe : recipe && inFloats(recipe));
  const tokenizerOf = (part: string) =>
    loadTokenizer(findFolder(dir, part)).catch((cause: unknown) => {
      throw unreadable(cause);
    });
  const encoder = (part: EncoderPart) => ({ recipe: recipeOf(folder.encoderRecipes[part]) });
  onProgress(0.1);
  const encoders: TextEncoder[] = [
    { tokenizer: await tokenizerOf("tokenizer"), session: await openPart("text_encoder", encoder("text_encoder")) },
  ];
  const second = await openOptional("text_encoder_2", encoder("text_encoder_2"));
  if (second) encoders.push({ tokenizer: await tokenizerOf("tokenizer_2"), session: second });
  onProgress(0.25);
  const unet = await openPart("unet", { spin: true, recipe: recipeOf(folder.recipe) });
  const unknown = unknownInputs(unet.inputNames);
  if (unknown.length > 0) {
    const reason = `${id} wants ${unknown.join(", ")}, which this engine does not give yet`;
    throw new AriaError("INVALID", { field: "modelId", reason });
  }
  onProgress(0.8);
  const vaeDecoder = await openPart("vae_decoder");
  const vaeEncoder = await openOptional("vae_encoder");
  const tinyDecoder = await openOptional("tiny_decoder");
  const labelHeads = await openOptional("label_heads");
  const upscaler = await openOptional("upscaler");
  onProgress(1);
  return assemble({ folder, hash, encoders, unet, vaeDecoder, vaeEncoder, tinyDecoder, labelHeads, upscaler, opened });
}

interface Parts extends Readonly<Record<"unet" | "vaeDecoder", Session>> {
  readonly folder: ModelFolder;
  readonly hash: string;
  readonly encoders: readonly TextEncoder[];
  readonly vaeEncoder: Session | null;
  readonly tinyDecoder: Session | null;
  readonly labelHeads: Session | null;
  readonly upscaler: Session | null;
  readonly opened: readonly Session[];
}

const output = (outputs: Readonly<Record<string, Tensor>>, session: Session, name: string): Tensor =>
  outputs[name] ?? outputs[session.outputNames[0] ?? ""]!;

function assemble(parts: Parts): Pipeline {
  const { folder, hash, encoders, unet, vaeDecoder, vaeEncoder, tinyDecoder, labelHeads, upscaler, opened } = parts;
  const { unet: unetConfig, vae } = folder;
  const embeddings = new Map<string, PromptEmbedding>();
  // Longer prompts take several passes, unless the graph has room for one, or was taught by short ones only.
  const hasRoom = folder.lexicon === null && unet.fixedSize("encoder_hidden_states", 1) === null;
  const mostPasses = hasRoom ? Number.POSITIVE_INFINITY : 1;
  const encodePrompt = async (prompt: string) => {
    const kept = embeddings.get(prompt);
    if (kept) return kept;
    const embedding = await embed(encoders, prompt, mostPasses);
    const oldest = embeddings.keys().next();
    if (embeddings.size >= EMBEDDINGS_KEPT && !oldest.done) embeddings.delete(oldest.value);
    embeddings.set(prompt, embedding);
    return embedding;
  };
  return {
    folder,
    hash,
    latentChannels: unetConfig.out_channels,
    latentPx: latentPxOf(vae),
    canPaintOver: vaeEncoder !== null,
    canSketch: vaeEncoder !== null && labelHeads !== null,
    inpaints: unetConfig.in_channels > unetConfig.out_channels,
    isToldGuidance: unet.inputNames.includes("timestep_cond"),
    isInt8: [unet, ...encoders.map(({ session }) => session)].some((session) => session.isInt8),
    encodePrompt,
    async encodeNegative(prompt) {
      const embedding = await encodePrompt(prompt);
      const isNothing = prompt === "" && encoders.length > 1 && folder.zeroesEmptyNegative;
      return isNothing ? nothingLike(embedding) : embedding;
    },
    conditions: (prompt, asked) => conditionsOf(unet.inputNames, prompt, asked, unetConfig.time_cond_proj_dim ?? 0),
    async predict(sample, timestep, conditions) {
      const time = { data: Float32Array.of(timestep), dims: [1] };
      return output(await unet.run({ sample, timestep: time, ...conditions }), unet, "out_sample");
    },
    decode: (latents) => decodeWith(vaeDecoder, vae, latents),
    // TAESD (Bohan 2023) as diffusers exports it: latents as the scheduler has them, pictures in [-1, 1].
    decodeTiny:
      tinyDecoder &&
      (async (latents) =>
        output(await tinyDecoder.run({ [tinyDecoder.inputNames[0]!]: latents }), tinyDecoder, "sample")),
    encode(picture, drawNoise) {
      if (!vaeEncoder) throw new TypeError(`${folder.id} has no vae_encoder`);
      return encodeWith(vaeEncoder, vae, picture, drawNoise);
    },
    async guessScene({ hidden, pooled }) {
      if (!labelHeads) throw new TypeError(`${folder.id} has no label_heads`);
      const feeds = { last_hidden_state: hidden, ...(pooled ? { pooled } : {}) };
      const logits = [...((await labelHeads.run(feeds)).scene?.data ?? [])];
      return folder.labels.scene?.[logits.indexOf(Math.max(...logits))] ?? "";
    },
    upscale: upscaler && (async (picture) => output(await upscaler.run({ sample: picture }), upscaler, "enlarged")),
    async release() {
      await Promise.all(opened.map((session) => session.release()));
    },
  };
}
