/** What a model folder in the diffusers ONNX layout says of itself, before any weight is read. */
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AriaError, isAriaError } from "#contracts/errors.ts";
import { type ModelCard, ModelId, Sampler } from "#contracts/generation.ts";
import { Lexicon } from "#contracts/lexicon.ts";
import { MAX_SIZE_PX, SIZE_STEP_PX } from "#contracts/terms.ts";
import { type Recipe, readRecipe } from "#inference/graphs/recipe.ts";
import { latentPxOf, VaeConfig } from "#inference/pipelines/vae.ts";
import { type PreviewMap, usualPreviewMap } from "#inference/previews/latent-rgb.ts";
import { samplerOfClass, samplersFor } from "#inference/schedulers/make-scheduler.ts";
import { INSTALL_FILE, type InstallRecord, readInstallRecord } from "./install/install-record.ts";
import { findFolder, findPart } from "./model-parts.ts";

/** Aria's own addition to the layout; any model may carry one. */
const AriaJson = z.object({
  title: z.string().optional(),
  licence: z.string().optional(),
  nativeSize: z.int().multipleOf(64).optional(),
  defaultSteps: z.int().min(1).optional(),
  defaultGuidance: z.number().min(0).optional(),
  /** Share of the steps after which guidance does no more good. */
  defaultGuidanceStop: z.number().min(0).max(1).default(1),
  defaultSampler: Sampler.optional(),
  /** What guidance leads away from where nobody asked for anything else: a manner it falls back to, say. */
  defaultNegativePrompt: z.string().default(""),
  /** Longer pictures are painted at half their size and enlarged by its upscaler. */
  upscaleAbovePx: z.int().optional(),
  underpainting: z
    .object({
      defaultStrength: z.number().min(0.05).max(1),
      /** Share of the nominal noise that is laid over the sketch; below 1 for a model that was taught to paint over one. */
      noise: z.number().min(0).max(1).default(1),
    })
    .optional(),
  /** What it paints well, where that is not its vocabulary: a model is chosen by it. */
  strengths: z.array(z.string()).default([]),
  /** Words it was taught, by kind, as people say them. */
  vocabulary: z.record(z.string(), z.array(z.string())).default({}),
  /** [latent channels][3 or 12]: RGB of a latent cell, or of its 2x2 quarters, in [-1, 1] from scheduler-space latents. */
  latentRgbFactors: z.array(z.array(z.number())).optional(),
  latentRgbBias: z.array(z.number()).optional(),
});
export type AriaJson = z.infer<typeof AriaJson>;

const ModelIndex = z.looseObject({
  _class_name: z.string(),
  force_zeros_for_empty_prompt: z.boolean().default(true),
});
const UnetConfig = z
  .looseObject({
    in_channels: z.int().default(4),
    out_channels: z.int().optional(),
    /** Latent cells along a side of a picture of its native size. */
    sample_size: z.union([z.int(), z.array(z.int()).min(1)]).nullish(),
    time_cond_proj_dim: z.int().nullish(),
  })
  .transform((config) => ({ ...config, out_channels: config.out_channels ?? config.in_channels }));

export const ENCODER_PARTS = ["text_encoder", "text_encoder_2"] as const;
export type EncoderPart = (typeof ENCODER_PARTS)[number];

const LabelNames = z.record(z.string(), z.array(z.string()));

export interface ModelFolder {
  readonly id: string;
  readonly dir: string;
  readonly bytes: number;
  /** What it holds in memory: measured when it was installed, else about this. */
  readonly residentBytes: number;
  /** Null for one that nobody installed. */
  readonly record: InstallRecord | null;
  readonly aria: AriaJson;
  /** How its latents are shown before they are decoded; null where nobody knows. */
  readonly preview: PreviewMap | null;
  /** diffusers' pipeline class it was saved by. */
  readonly className: string;
  readonly unet: z.infer<typeof UnetConfig>;
  readonly vae: VaeConfig;
  /** Whether SDXL is told nothing at all where the negative prompt is empty. */
  readonly zeroesEmptyNegative: boolean;
  readonly nativeSizePx: number;
  readonly defaultSteps: number;
  readonly defaultGuidance: number;
  readonly schedulerConfig: Readonly<Record<string, unknown>>;
  readonly defaultSampler: Sampler;
  /** What the outputs of its label heads stand for, by kind. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** The same for its scorer: labels, and flaws under "quality". */
  readonly scorerLabels: Readonly<Record<string, readonly string[]>>;
  /** How its U-Net is computed faster; null where that was not measured, or nothing is gained. */
  readonly recipe: Recipe | null;
  /** The same for its text encoders, by part. */
  readonly encoderRecipes: Readonly<Partial<Record<EncoderPart, Recipe | null>>>;
  /** What everyday words mean to it; null for a model that was taught by everyday words. */
  readonly lexicon: Lexicon | null;
}

export const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, "utf8"));

const optionalJson = async (file: string): Promise<unknown> => (existsSync(file) ? readJson(file) : {});

/** Null where the folder has none; throws when it is damaged. */
export async function readLexicon(dir: string): Promise<Lexicon | null> {
  const file = path.join(dir, "lexicon.json");
  return existsSync(file) ? Lexicon.parse(await readJson(file)) : null;
}

/** What a scorer tells pictures by, in the order of its outputs; nothing where there is none. */
export async function readScorerLabels(dir: string): Promise<z.infer<typeof LabelNames>> {
  const file = path.join(dir, "scorer/labels.json");
  return existsSync(file) ? LabelNames.parse(await readJson(file)) : {};
}

/** Throws GENERATION_FAILED model_unreadable when its files are missing or no JSON, INVALID for a kind not painted with. */
export async function readModelFolder(dir: string, id = path.basename(dir)): Promise<ModelFolder> {
  try {
    return await readParts(dir, id);
  } catch (cause) {
    if (isAriaError(cause)) throw cause;
    throw new AriaError("GENERATION_FAILED", { modelId: id, reason: "model_unreadable" }, { cause });
  }
}

async function readParts(dir: string, id: string): Promise<ModelFolder> {
  const index = ModelIndex.parse(await readJson(path.join(dir, "model_index.json")));
  refuseTransformers(dir, id, index._class_name);
  const configOf = (part: string) => optionalJson(path.join(findFolder(dir, part), "config.json"));
  const [
    ariaJson,
    labelsJson,
    scorerJson,
    lexicon,
    recipe,
    text_encoder,
    text_encoder_2,
    scheduler,
    unetJson,
    vaeJson,
  ] = await Promise.all([
    optionalJson(path.join(dir, "aria.json")),
    optionalJson(path.join(dir, "label_heads/labels.json")),
    optionalJson(path.join(dir, "scorer/labels.json")),
    readLexicon(dir),
    recipeOf(dir, "unet"),
    recipeOf(dir, "text_encoder"),
    recipeOf(dir, "text_encoder_2"),
    readJson(path.join(dir, "scheduler/scheduler_config.json")),
    configOf("unet"),
    configOf("vae_decoder"),
  ]);
  const aria = AriaJson.parse(ariaJson);
  const [unet, vae] = [UnetConfig.parse(unetJson), VaeConfig.parse(vaeJson)];
  const schedulerConfig = z.record(z.string(), z.unknown()).parse(scheduler);
  const [labels, scorerLabels] = [LabelNames.parse(labelsJson), LabelNames.parse(scorerJson)];
  const files = await filesOf(dir);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const record = await readInstallRecord(dir);
  const usual = usualOf(index._class_name, String(schedulerConfig._class_name), id);
  return {
    id,
    dir,
    bytes,
    record,
    residentBytes: record?.measured.residentBytes ?? bytes * RESIDENT_PER_FILE_BYTE,
    aria,
    preview: previewOf(aria, index._class_name, unet.out_channels),
    className: index._class_name,
    unet,
    vae,
    zeroesEmptyNegative: index.force_zeros_for_empty_prompt,
    nativeSizePx: aria.nativeSize ?? nativeSizeOf(unet.sample_size, vae),
    defaultSteps: aria.defaultSteps ?? usual.steps,
    defaultGuidance: aria.defaultGuidance ?? usual.guidance,
    schedulerConfig,
    defaultSampler: aria.defaultSampler ?? samplerOfClass(schedulerConfig) ?? "euler",
    labels,
    scorerLabels,
    recipe,
    encoderRecipes: { text_encoder, text_encoder_2 },
    lexicon,
  };
}

function recipeOf(dir: string, part: string): Promise<Recipe | null> {
  const graph = findPart(dir, part);
  return graph === null ? Promise.resolve(null) : readRecipe(graph);
}

/** Its own, as far as they fit its latents. */
function previewOf(aria: AriaJson, className: string, latentChannels: number): PreviewMap | null {
  const factors = aria.latentRgbFactors;
  if (factors?.length !== latentChannels) return usualPreviewMap(className, latentChannels);
  return { factors, bias: aria.latentRgbBias ?? [] };
}

/** On a CPU 16-bit weights are computed in 32, and activations come on top. */
export const RESIDENT_PER_FILE_BYTE = 3;

/** SD3, FLUX and their like denoise with a transformer. */
function refuseTransformers(dir: string, id: string, className: string): void {
  if (!existsSync(findFolder(dir, "transformer"))) return;
  const reason = `${id} is a ${className}, which paints with a transformer; this engine paints with U-Nets alone so far`;
  throw new AriaError("INVALID", { field: "modelId", reason });
}

/** What the reference's pipelines paint with unless told otherwise; students say in their names that they are fast. */
function usualOf(className: string, schedulerClass: string, id: string): { steps: number; guidance: number } {
  if (/(^|-)(sd|sdxl)-turbo(-|$)/.test(id)) return { steps: 2, guidance: 0 };
  if (/(^|-)(lightning|hyper-sd|hyper-sdxl)(-|$)/.test(id)) return { steps: 4, guidance: 0 };
  if (className.includes("LatentConsistency")) return { steps: 4, guidance: 8.5 };
  // A student merged into an ordinary model: guidance is in it already.
  if (/^(LCM|TCD)Scheduler$/.test(schedulerClass)) return { steps: 4, guidance: 1 };
  return className.includes("XL") ? { steps: 25, guidance: 5 } : { steps: 20, guidance: 7.5 };
}

/** In steps of what a picture may measure. */
function nativeSizeOf(sampleSize: number | number[] | null | undefined, vae: VaeConfig): number {
  const cells = Array.isArray(sampleSize) ? sampleSize[0] : sampleSize;
  const px = (cells ?? 64) * latentPxOf(vae);
  return Math.min(Math.max(Math.round(px / SIZE_STEP_PX) * SIZE_STEP_PX, SIZE_STEP_PX), MAX_SIZE_PX);
}

/** Subfolders with a model_index.json, by id. A folder whose name is no model id is passed over. */
export async function listModelFolders(modelsDir: string): Promise<string[]> {
  const entries = await readdir(modelsDir, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && ModelId.safeParse(entry.name).success)
    .map((entry) => entry.name)
    .filter((name) => existsSync(path.join(modelsDir, name, "model_index.json")))
    .sort();
}

async function filesOf(dir: string): Promise<{ file: string; bytes: number }[]> {
  const names = (await readdir(dir, { recursive: true })).sort();
  const found = await Promise.all(
    names.map(async (name) => {
      const stats = await stat(path.join(dir, name));
      return stats.isFile() ? [{ file: name, bytes: stats.size }] : [];
    }),
  );
  return found.flat();
}

/** sha256 over every file but prose and what was written down of its coming, in name order; its first 12 hex digits. */
export async function hashModel(dir: string): Promise<string> {
  const hash = createHash("sha256");
  for (const { file } of await filesOf(dir)) {
    if (file.endsWith(".md") || file === INSTALL_FILE) continue;
    hash.update(file);
    for await (const chunk of createReadStream(path.join(dir, file))) hash.update(chunk);
  }
  return hash.digest("hex").slice(0, 12);
}

export function cardOf(folder: ModelFolder): ModelCard {
  const { aria, id, bytes, defaultSampler, nativeSizePx, defaultSteps, defaultGuidance } = folder;
  return {
    id,
    title: aria.title ?? id,
    hash: null,
    bytes,
    state: "cold",
    progress: 0,
    failure: null,
    nativeSizePx,
    defaults: {
      widthPx: nativeSizePx,
      heightPx: nativeSizePx,
      steps: defaultSteps,
      guidance: defaultGuidance,
      guidanceStop: aria.defaultGuidanceStop,
      sampler: defaultSampler,
      scheduleType: "automatic",
      underpainting: aria.underpainting?.defaultStrength ?? null,
    },
    samplers: samplersFor(folder.schedulerConfig),
    vocabulary: aria.vocabulary,
    pinned: false,
    residentBytes: folder.residentBytes,
    isMeasured: folder.record !== null,
    source: folder.record?.source ?? null,
    licence: folder.record?.licence ?? aria.licence ?? null,
    int8Speedup: folder.recipe?.int8?.measured.speedup ?? null,
    strengths: aria.strengths,
  };
}
