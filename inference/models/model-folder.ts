/** What a model folder in the diffusers ONNX layout says of itself, before any weight is read. */
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AriaError } from "#contracts/errors.ts";
import { type ModelCard, ModelId, Sampler } from "#contracts/generation.ts";
import { Lexicon } from "#contracts/theme.ts";
import { samplerOfClass } from "#inference/schedulers/make-scheduler.ts";

/** Aria's own addition to the layout; any model may carry one. */
const AriaJson = z.object({
  title: z.string().optional(),
  nativeSize: z.int().multipleOf(64).default(512),
  defaultSteps: z.int().min(1).default(20),
  defaultGuidance: z.number().min(0).default(7.5),
  defaultSampler: Sampler.optional(),
  /** Longer pictures are painted at half their size and enlarged by its upscaler. */
  upscaleAbovePx: z.int().optional(),
  underpainting: z
    .object({
      defaultStrength: z.number().min(0.05).max(1),
      /** Share of the nominal noise that is laid over the sketch; below 1 for a model that was taught to paint over one. */
      noise: z.number().min(0).max(1).default(1),
    })
    .optional(),
  /** Words it was taught, by kind, as people say them. */
  vocabulary: z.record(z.string(), z.array(z.string())).default({}),
  /** [latent channels][3 or 12]: RGB of a latent cell, or of its 2x2 quarters, in [-1, 1] from scheduler-space latents. */
  latentRgbFactors: z.array(z.array(z.number())).optional(),
  latentRgbBias: z.array(z.number()).optional(),
});
export type AriaJson = z.infer<typeof AriaJson>;

const LabelNames = z.record(z.string(), z.array(z.string()));

export interface ModelFolder {
  readonly id: string;
  readonly dir: string;
  readonly bytes: number;
  readonly aria: AriaJson;
  readonly schedulerConfig: Readonly<Record<string, unknown>>;
  readonly defaultSampler: Sampler;
  /** What the outputs of its label heads stand for, by kind. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** The same for its scorer: labels, and flaws under "quality". */
  readonly scorerLabels: Readonly<Record<string, readonly string[]>>;
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

/** Throws GENERATION_FAILED model_unreadable when its files are missing or no JSON. */
export async function readModelFolder(dir: string, id = path.basename(dir)): Promise<ModelFolder> {
  try {
    const [ariaJson, labelsJson, scorerJson, lexicon, scheduler] = await Promise.all([
      optionalJson(path.join(dir, "aria.json")),
      optionalJson(path.join(dir, "label_heads/labels.json")),
      optionalJson(path.join(dir, "scorer/labels.json")),
      readLexicon(dir),
      readJson(path.join(dir, "scheduler/scheduler_config.json")),
    ]);
    const aria = AriaJson.parse(ariaJson);
    const schedulerConfig = z.record(z.string(), z.unknown()).parse(scheduler);
    const [labels, scorerLabels] = [LabelNames.parse(labelsJson), LabelNames.parse(scorerJson)];
    const defaultSampler = aria.defaultSampler ?? samplerOfClass(schedulerConfig) ?? "euler";
    const files = await filesOf(dir);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { id, dir, bytes, aria, schedulerConfig, defaultSampler, labels, scorerLabels, lexicon };
  } catch (cause) {
    throw new AriaError("GENERATION_FAILED", { modelId: id, reason: "model_unreadable" }, { cause });
  }
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

/** sha256 over every file but the prose, in name order (external weights have many names); its first 12 hex digits. */
export async function hashModel(dir: string): Promise<string> {
  const hash = createHash("sha256");
  for (const { file } of await filesOf(dir)) {
    if (file.endsWith(".md")) continue;
    hash.update(file);
    for await (const chunk of createReadStream(path.join(dir, file))) hash.update(chunk);
  }
  return hash.digest("hex").slice(0, 12);
}

export function cardOf(folder: ModelFolder): ModelCard {
  const { aria, id, bytes, defaultSampler } = folder;
  return {
    id,
    title: aria.title ?? id,
    hash: null,
    bytes,
    state: "cold",
    progress: 0,
    failure: null,
    nativeSizePx: aria.nativeSize,
    defaults: {
      widthPx: aria.nativeSize,
      heightPx: aria.nativeSize,
      steps: aria.defaultSteps,
      guidance: aria.defaultGuidance,
      sampler: defaultSampler,
      underpainting: aria.underpainting?.defaultStrength ?? null,
    },
    vocabulary: aria.vocabulary,
  };
}
