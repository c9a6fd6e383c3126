/** The door for AUTOMATIC1111's clients: its field names, and of its fields those that mean something here. */
import { z } from "zod";
import { NegativePrompt, PaintSettings, Prompt, whole } from "./generation.ts";
import { MAX_COUNT } from "./terms.ts";

const { steps, widthPx, heightPx, guidance } = PaintSettings.shape;
const MAX_SEED = 4_294_967_295;
const Name = z.string().max(100, "must be at most 100 characters").nullish();

export const Txt2ImgRequest = z.object({
  prompt: Prompt,
  negative_prompt: NegativePrompt.nullish(),
  /** -1 is any. */
  seed: whole(-1, MAX_SEED).nullish(),
  steps: steps.nullish(),
  width: widthPx.nullish(),
  height: heightPx.nullish(),
  cfg_scale: guidance.nullish(),
  sampler_name: Name,
  /** An older name of sampler_name. */
  sampler_index: Name,
  scheduler: Name,
  /** The two are multiplied: so many pictures. */
  batch_size: whole(1, MAX_COUNT).nullish(),
  n_iter: whole(1, MAX_COUNT).nullish(),
  override_settings: z.object({ sd_model_checkpoint: Name }).nullish(),
  send_images: z.boolean().nullish(),
});
export type Txt2ImgRequest = z.infer<typeof Txt2ImgRequest>;

export const Txt2ImgReply = z.object({
  /** PNGs in base64, one a seed. */
  images: z.array(z.string()),
  parameters: z.record(z.string(), z.unknown()),
  /** JSON in a string, as its clients expect it. */
  info: z.string(),
});

export const ProgressReply = z.object({
  progress: z.number().min(0).max(1),
  /** s */
  eta_relative: z.number(),
  state: z.object({
    skipped: z.boolean(),
    interrupted: z.boolean(),
    stopping_generation: z.boolean(),
    job: z.string(),
    job_count: z.int(),
    job_timestamp: z.string(),
    job_no: z.int(),
    sampling_step: z.int(),
    sampling_steps: z.int(),
  }),
  /** A JPEG in base64; null where nothing is painted, or nothing was shown of it yet. */
  current_image: z.string().nullable(),
  textinfo: z.string().nullable(),
});

export const SamplersReply = z.array(
  z.object({ name: z.string(), aliases: z.array(z.string()), options: z.record(z.string(), z.string()) }),
);

export const SdModelsReply = z.array(
  z.object({
    title: z.string(),
    model_name: z.string(),
    hash: z.string().nullable(),
    sha256: z.string().nullable(),
    filename: z.string(),
    config: z.string().nullable(),
  }),
);

export const OptionsReply = z.object({ sd_model_checkpoint: z.string(), samples_format: z.literal("png") });
export const InterruptReply = z.object({});
