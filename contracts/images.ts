/** The OpenAI-compatible door: `POST /v1/images/generations`. Field names are OpenAI's. */
import { z } from "zod";
import { Prompt, whole } from "./generation.ts";
import { MAX_COUNT, MAX_PARTIAL_IMAGES } from "./terms.ts";

export const ImagesRequest = z.object({
  prompt: Prompt,
  model: z.string().optional(),
  n: whole(1, MAX_COUNT).default(1),
  size: z
    .string()
    .regex(/^(auto|\d{2,4}x\d{2,4})$/, 'must be "auto" or look like "512x512"')
    .optional(),
  /** Aria's own: whether she may add to the prompt, as OpenAI's models do; what she made of it is `revised_prompt`. */
  enhance: z.boolean().default(true),
  response_format: z.enum(["b64_json", "url"]).default("url"),
  /** Server-sent events: previews while it is painted, then every picture, all as bytes. */
  stream: z.boolean().nullish().transform(Boolean),
  /** Previews at most; fewer come where they are lost on the way, or a painting is too quick for them. */
  partial_images: whole(0, MAX_PARTIAL_IMAGES).nullish(),
});
export type ImagesRequest = z.infer<typeof ImagesRequest>;

export const ImagesReply = z.object({
  created: z.int(),
  data: z.array(z.object({ url: z.string().optional(), b64_json: z.string().optional(), revised_prompt: z.string() })),
});
export type ImagesReply = z.infer<typeof ImagesReply>;

/** As OpenAI's clients read errors. */
export const OpenAiError = z.object({
  error: z.object({ message: z.string(), type: z.string(), param: z.string().nullable(), code: z.string() }),
});

const ImageEvent = z.object({
  b64_json: z.string(),
  created_at: z.int(),
  /** That was asked for; a preview is smaller. */
  size: z.string(),
  quality: z.literal("auto"),
  background: z.literal("opaque"),
});
export const PartialImageEvent = ImageEvent.extend({
  type: z.literal("image_generation.partial_image"),
  output_format: z.literal("jpeg"),
  partial_image_index: z.int(),
});
/** One a picture, the kept one first. */
export const CompletedImageEvent = ImageEvent.extend({
  type: z.literal("image_generation.completed"),
  output_format: z.literal("png"),
  revised_prompt: z.string(),
});

/** What went wrong after the stream had begun. */
export const ErrorEvent = OpenAiError.extend({ type: z.literal("error") });

export const ModelsReply = z.object({
  object: z.literal("list"),
  data: z.array(z.object({ id: z.string(), object: z.literal("model"), owned_by: z.literal("aria") })),
});
