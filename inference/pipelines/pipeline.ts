/** A model with its sessions open: what the painting loop calls, in float32, one picture at a time. */
import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { AriaError } from "#contracts/errors.ts";
import { hashModel, type ModelFolder, readJson } from "#inference/models/model-folder.ts";
import { Session, type SessionOptions } from "#inference/runtime/session.ts";
import type { Sight } from "#inference/scoring/scorer.ts";
import { scale, type Tensor } from "#inference/tensor.ts";
import { type Encode, loadTokenizer } from "#inference/text/tokenizer.ts";

export interface PromptEmbedding {
  /** [1, tokens, dim] */
  readonly hidden: Tensor;
  /** [1, dim], where the encoder gives one. */
  readonly pooled: Tensor | null;
}

const UnetConfig = z.looseObject({ in_channels: z.int().default(4) });
const VaeConfig = z.looseObject({
  block_out_channels: z.array(z.int()).default([0, 0, 0, 0]),
  scaling_factor: z.number().default(0.18215),
  shift_factor: z.number().nullish(),
});
const EMBEDDINGS_KEPT = 64;

export interface Pipeline {
  readonly folder: ModelFolder;
  readonly hash: string;
  readonly latentChannels: number;
  /** Picture pixels a latent cell, along one side. */
  readonly latentPx: number;
  readonly canUnderpaint: boolean;
  encodePrompt(prompt: string): Promise<PromptEmbedding>;
  /** What the model was trained to predict, at one noise level, batch 1. */
  predict(sample: Tensor, timestep: number, prompt: PromptEmbedding): Promise<Tensor>;
  /** [1, 3, height, width] in [-1, 1] from scheduler-space latents. */
  decode(latents: Tensor): Promise<Tensor>;
  /** The other way; only where `canUnderpaint`. */
  encode(picture: Tensor): Promise<Tensor>;
  /** The scene a prompt is likeliest about, of those the label heads know; only where `canUnderpaint`. */
  guessScene(prompt: PromptEmbedding): Promise<string>;
  /** What its scorer sees in [1, 3, height, width] in [-1, 1]; null where it has none. */
  look(picture: Tensor): Promise<Sight | null>;
  /** Twice the size, [1, 3, 2 height, 2 width]; null where it has no upscaler. */
  readonly upscale: ((picture: Tensor) => Promise<Tensor>) | null;
  release(): Promise<void>;
}

type Options = { readonly threads: number; readonly onProgress: (share: number) => void };

export async function openPipeline(folder: ModelFolder, options: Options): Promise<Pipeline> {
  const opened: Session[] = [];
  try {
    return await open(folder, options, opened);
  } catch (error) {
    await Promise.all(opened.map((session) => session.release()));
    throw error;
  }
}

/** `opened` is told of every session, so that none is left behind when a later one fails. */
async function open(folder: ModelFolder, { threads, onProgress }: Options, opened: Session[]): Promise<Pipeline> {
  const at = (...parts: string[]) => path.join(folder.dir, ...parts);
  const openPart = async (part: string, options: Partial<SessionOptions> = {}) => {
    const session = await Session.open(at(part, "model.onnx"), folder.id, { threads, spin: false, ...options });
    opened.push(session);
    return session;
  };
  const openOptional = (part: string) => (existsSync(at(part, "model.onnx")) ? openPart(part) : null);
  const [tokenizer, unetConfig, vaeConfig, hash] = await Promise.all([
    loadTokenizer(at("tokenizer")),
    readJson(at("unet/config.json")).then((json) => UnetConfig.parse(json)),
    readJson(at("vae_decoder/config.json")).then((json) => VaeConfig.parse(json)),
    hashModel(folder.dir),
  ]).catch((cause: unknown) => {
    throw new AriaError("GENERATION_FAILED", { modelId: folder.id, reason: "model_unreadable" }, { cause });
  });
  onProgress(0.1);
  const text = await openPart("text_encoder");
  onProgress(0.25);
  const unet = await openPart("unet", { spin: true });
  refuseUnknownInputs(unet, folder.id);
  onProgress(0.8);
  const vaeDecoder = await openPart("vae_decoder");
  const vaeEncoder = await openOptional("vae_encoder");
  const labelHeads = await openOptional("label_heads");
  const scorer = await openOptional("scorer");
  const upscaler = await openOptional("upscaler");
  onProgress(1);
  const sessions = { text, unet, vaeDecoder, vaeEncoder, labelHeads, scorer, upscaler };
  const geometry = {
    latentChannels: unetConfig.in_channels,
    latentPx: 2 ** (vaeConfig.block_out_channels.length - 1),
    scaling: vaeConfig.scaling_factor,
    shift: vaeConfig.shift_factor ?? 0,
  };
  return assemble({ folder, hash, tokenizer, sessions, geometry });
}

const KNOWN_UNET_INPUTS = new Set(["sample", "timestep", "encoder_hidden_states"]);

function refuseUnknownInputs(unet: Session, id: string): void {
  const unknown = unet.inputNames.filter((name) => !KNOWN_UNET_INPUTS.has(name));
  if (unknown.length === 0) return;
  throw new AriaError("INVALID", {
    field: "modelId",
    reason: `${id} wants ${unknown.join(", ")}, which this engine does not give yet`,
  });
}

interface Parts {
  readonly folder: ModelFolder;
  readonly hash: string;
  readonly tokenizer: Encode;
  readonly sessions: Readonly<Record<"text" | "unet" | "vaeDecoder", Session>> &
    Readonly<Record<"vaeEncoder" | "labelHeads" | "scorer" | "upscaler", Session | null>>;
  readonly geometry: { latentChannels: number; latentPx: number; scaling: number; shift: number };
}

const output = (outputs: Readonly<Record<string, Tensor>>, session: Session, name?: string): Tensor =>
  outputs[name ?? ""] ?? outputs[session.outputNames[0] ?? ""]!;

function assemble({ folder, hash, tokenizer, sessions, geometry }: Parts): Pipeline {
  const { text, unet, vaeDecoder, vaeEncoder, labelHeads, scorer, upscaler } = sessions;
  const { latentChannels, latentPx, scaling, shift } = geometry;
  const embeddings = new Map<string, PromptEmbedding>();
  return {
    folder,
    hash,
    latentChannels,
    latentPx,
    canUnderpaint: vaeEncoder !== null && labelHeads !== null,
    async encodePrompt(prompt) {
      const kept = embeddings.get(prompt);
      if (kept) return kept;
      const ids = tokenizer(prompt);
      const outputs = await text.run({ [text.inputNames[0] ?? "input_ids"]: { data: ids, dims: [1, ids.length] } });
      const embedding = { hidden: output(outputs, text, "last_hidden_state"), pooled: outputs.pooler_output ?? null };
      const oldest = embeddings.keys().next();
      if (embeddings.size >= EMBEDDINGS_KEPT && !oldest.done) embeddings.delete(oldest.value);
      embeddings.set(prompt, embedding);
      return embedding;
    },
    async predict(sample, timestep, { hidden }) {
      const time = { data: Float32Array.of(timestep), dims: [1] };
      return output(await unet.run({ sample, timestep: time, encoder_hidden_states: hidden }), unet, "out_sample");
    },
    async decode(latents) {
      const unscaled = scale(1 / scaling, latents);
      const input = shift === 0 ? unscaled : { ...unscaled, data: unscaled.data.map((value) => value + shift) };
      return output(
        await vaeDecoder.run({ [vaeDecoder.inputNames[0] ?? "latent_sample"]: input }),
        vaeDecoder,
        "sample",
      );
    },
    async encode(picture) {
      if (!vaeEncoder) throw new TypeError(`${folder.id} has no vae_encoder`);
      const raw = output(await vaeEncoder.run({ [vaeEncoder.inputNames[0] ?? "sample"]: picture }), vaeEncoder);
      return { dims: raw.dims, data: raw.data.map((value) => (value - shift) * scaling) };
    },
    async guessScene({ hidden, pooled }) {
      if (!labelHeads) throw new TypeError(`${folder.id} has no label_heads`);
      const feeds = { last_hidden_state: hidden, ...(pooled ? { pooled } : {}) };
      const logits = [...((await labelHeads.run(feeds)).scene?.data ?? [])];
      return folder.labels.scene?.[logits.indexOf(Math.max(...logits))] ?? "";
    },
    async look(picture) {
      if (!scorer) return null;
      const seen = await scorer.run({ pixel_values: picture });
      const named = (kind: string) => folder.scorerLabels[kind]!.map((label, i) => [label, seen[kind]?.data[i] ?? 0]);
      return Object.fromEntries(
        Object.keys(folder.scorerLabels).map((kind) => [kind, Object.fromEntries(named(kind))]),
      );
    },
    upscale: upscaler && (async (picture) => output(await upscaler.run({ sample: picture }), upscaler, "enlarged")),
    async release() {
      await Promise.all(Object.values(sessions).map((session) => session?.release()));
    },
  };
}
