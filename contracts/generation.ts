/** What a painting is asked for with, and the HTTP half of what studio and inference say to each other. */
import { z } from "zod";
import {
  MAX_COUNT,
  MAX_PROMPT_CHARACTERS,
  MAX_SIZE_PX,
  MAX_STEPS,
  SAMPLER_TITLES,
  SCHEDULE_TITLES,
  SIZE_STEP_PX,
} from "./terms.ts";

export type Sampler = keyof typeof SAMPLER_TITLES;
const SAMPLERS = Object.keys(SAMPLER_TITLES) as Sampler[];
export const Sampler = z.enum(SAMPLERS, `must be one of ${SAMPLERS.join(", ")}`);

export type ScheduleType = keyof typeof SCHEDULE_TITLES;
const SCHEDULES = Object.keys(SCHEDULE_TITLES) as ScheduleType[];
export const ScheduleType = z.enum(SCHEDULES, `must be one of ${SCHEDULES.join(", ")}`);
export const ModelId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, "must be 1 to 64 characters of a-z, 0-9, dot, dash and underscore");

/** Text without the one character that PostgreSQL cannot keep. */
export const Plain = z.string().regex(/^[^\0]*$/, "must hold no zero bytes");

/** Refusals are read by people: each names the limit. */
const inRange = (number: z.ZodNumber | z.ZodInt, min: number, max: number) => {
  const limit = `must be ${min} to ${max.toLocaleString("en")}`;
  return number.min(min, limit).max(max, limit);
};
export const whole = (min: number, max: number) => inRange(z.int("must be a whole number"), min, max);
const fraction = (min: number, max: number) => inRange(z.number("must be a number"), min, max);

export const promptLimit = `must be at most ${MAX_PROMPT_CHARACTERS.toLocaleString("en")} characters`;
export const Prompt = z.string().trim().min(1, "must not be empty").max(MAX_PROMPT_CHARACTERS, promptLimit);
export const NegativePrompt = z.string().trim().max(MAX_PROMPT_CHARACTERS, promptLimit);
const SizePx = whole(SIZE_STEP_PX, MAX_SIZE_PX).multipleOf(SIZE_STEP_PX, `must be a multiple of ${SIZE_STEP_PX}`);
/** As the reference's CPU generator takes it: an unsigned 32-bit number. */
export const Seed = whole(0, 4_294_967_295);

/** What decides the pixels, besides the prompt and the seed. */
export const PaintSettings = z.object({
  modelId: ModelId,
  widthPx: SizePx,
  heightPx: SizePx,
  steps: whole(1, MAX_STEPS),
  /** Classifier-free guidance weight; at 1 and below the negative prompt is not looked at. */
  guidance: fraction(0, 30),
  /** Share of the schedule after which it is left off, and a step costs half; 1 guides all. Painting over begins later in it. */
  guidanceStop: fraction(0, 1),
  sampler: Sampler,
  scheduleType: ScheduleType,
  /** Share of the noise schedule that is painted over Aria's own colour sketch, 0..1; null paints from pure noise. */
  underpainting: fraction(0.05, 1).nullable(),
});
export type PaintSettings = z.infer<typeof PaintSettings>;

/** Nobody's sketch needs more: it is painted over. */
export const MAX_SKETCH_SIDE_PX = 512;
const MAX_PNG_BASE64 = 2_800_000;
const PngBase64 = z.base64("must be base64").max(MAX_PNG_BASE64, "must be at most 2 MB");

export const PaintOrder = PaintSettings.extend({
  orderId: z.uuid(),
  prompt: Prompt,
  negativePrompt: NegativePrompt,
  /** One candidate a seed. */
  seeds: z.array(Seed).min(1).max(MAX_COUNT),
  /** A person's own sketch, a PNG, in place of the one Aria would compose. */
  sketchPngBase64: PngBase64.optional(),
  /** For models that fill holes: light where the sketch is to be painted anew. */
  maskPngBase64: PngBase64.optional(),
});
export type PaintOrder = z.infer<typeof PaintOrder>;

export const Unit = z.number().min(0).max(1);

/** Each 0 (poor) to 1 (good), measured on the pixels. */
export const TechnicalScores = z.object({ sharpness: Unit, exposure: Unit, contrast: Unit, clipping: Unit });
export type TechnicalScores = z.infer<typeof TechnicalScores>;

/** All that is judged on a candidate, 0 (poor) to 1 (good). Null: the model has no scorer, or the theme says nothing to agree with. */
export const Scores = TechnicalScores.extend({
  /** How surely the picture shows what the theme says, by the model's scorer. */
  agreement: Unit.nullable(),
  /** 1 less the worst of blur, noise, banding, clipping and lost blocks that the scorer's quality head sees. */
  soundness: Unit.nullable(),
  /** Balance, thirds or symmetry, calm space and harmony of hues; null for what was painted before it was measured. */
  composition: Unit.nullable(),
  /** How pleasing it is to people; null where no such critic is installed. */
  aesthetic: Unit.nullable(),
  /** How likely a person prefers it to her average work, by their duels; null until that is known better than by chance. */
  taste: Unit.nullable(),
});
export type Scores = z.infer<typeof Scores>;
export const PaintReply = z.object({
  model: z.object({ id: ModelId, /** sha256 over the model's files, first 12 hex digits. */ hash: z.string() }),
  candidates: z
    .array(
      z.object({
        seed: Seed,
        pngBase64: z.base64(),
        /** What was shown while it was painted: small JPEGs, the first one first. */
        strokesBase64: z.array(z.base64()),
        scores: Scores,
        /** 64 bits that tell pictures nearly alike, as hex digits. */
        hash: z.string().regex(/^[0-9a-f]{16}$/),
        /** Of unit length; null where the model has no scorer. */
        embedding: z.array(z.number()).nullable(),
        /** By the safety checker; null where none is installed. */
        flagged: z.boolean().nullable(),
      }),
    )
    .min(1),
});
export type PaintReply = z.infer<typeof PaintReply>;

export const ModelCard = z.object({
  id: ModelId,
  title: z.string(),
  hash: z.string().nullable(),
  bytes: z.int(),
  state: z.enum(["cold", "loading", "warming", "ready", "failed"]),
  /** 0..1 while loading and warming. */
  progress: Unit,
  failure: z.string().nullable(),
  nativeSizePx: z.int(),
  defaults: PaintSettings.omit({ modelId: true }),
  /** Those it was made for: a model of one kind gives noise with the samplers of another. */
  samplers: z.array(Sampler),
  /** Words the model was taught, by kind, as people say them; empty where unknown. */
  vocabulary: z.record(z.string(), z.array(z.string())),
  /** Never evicted for another, and loaded at start. */
  pinned: z.boolean(),
  /** What it holds in memory: measured when it was opened here, else about this. */
  residentBytes: z.int(),
  isMeasured: z.boolean(),
  /** Where it was installed from; null for one that was put there, or came with Aria. */
  source: z.string().nullable(),
  licence: z.string().nullable(),
  /** Steps in floats over steps in eight bits, where it may be painted with in these. */
  int8Speedup: z.number().nullable(),
  /** What whoever made it says that it paints well, in a few words each. */
  strengths: z.array(z.string()),
});
export type ModelCard = z.infer<typeof ModelCard>;

/** onnxruntime's execution providers that Aria paints on. */
export const Provider = z.enum(["cuda", "webgpu", "cpu"]);
export type Provider = z.infer<typeof Provider>;

export const InferenceHealth = z.object({
  ready: z.boolean(),
  /** Of the process, another at each start: the ids of its sockets begin with it, and end at a dot. */
  processId: z.string(),
  /** Orders on its easels, and how many more wait there for one. */
  painting: z.array(z.string()),
  waiting: z.int(),
  /** One an engine. */
  devices: z.array(z.object({ provider: Provider, fallbackReason: z.string().nullable() })).min(1),
  /** Each as it stands where it has come furthest. */
  models: z.array(ModelCard),
  /** What its processes hold in memory; those are left out of which nobody can tell. */
  programs: z.array(z.object({ program: z.enum(["inference", "engine", "scorer"]), residentBytes: z.int() })),
});
export type InferenceHealth = z.infer<typeof InferenceHealth>;

/** An AriaError as it crosses HTTP between studio and inference. */
export const ErrorReply = z.object({
  error: z.object({ code: z.string(), facts: z.record(z.string(), z.unknown()), message: z.string() }),
});
