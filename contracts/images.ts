/** The OpenAI-compatible door: `POST /v1/images/generations`. Field names are OpenAI's. */
import { z } from "zod";
import { Prompt, whole } from "./generation.ts";
import { MAX_COUNT } from "./terms.ts";

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
});
export type ImagesRequest = z.infer<typeof ImagesRequest>;

export const ImagesReply = z.object({
  created: z.int(),
  data: z.array(z.object({ url: z.string().optional(), b64_json: z.string().optional(), revised_prompt: z.string() })),
});
export type ImagesReply = z.infer<typeof ImagesReply>;
