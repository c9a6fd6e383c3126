/** What a person asks Aria for, and what became of it. */
import { z } from "zod";
import { MAX_COUNT, NegativePrompt, PaintSettings, Prompt, Scores, Seed, whole } from "./generation.ts";

/** What is painted with when nobody asks for another. */
export const DEFAULT_MODEL = "aria";

/** Content address of a stored picture. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hex digits");

/** What `POST /sketches` answers. */
export const SketchReply = z.object({ sha256: Sha256 });

export const OrderId = z.uuid().brand<"OrderId">();
export type OrderId = z.infer<typeof OrderId>;

/** What lies in the queue: all else is read from the order when its turn comes. */
export const PaintJob = z.object({ orderId: OrderId });

/** Everything but the prompt may be left out: the model's own defaults fill the gaps. */
export const PlaceOrderInput = PaintSettings.partial().extend({
  /** Made by the client, so that a repeated request is the same order. */
  id: OrderId.optional(),
  prompt: Prompt,
  negativePrompt: NegativePrompt.default(""),
  count: whole(1, MAX_COUNT).default(3),
  /** Seed of the first candidate; the others follow it one by one. Random when absent. */
  seed: Seed.optional(),
  /** A sketch that was sent to `/sketches`, to be painted over instead of Aria's own. */
  sketch: Sha256.optional(),
});
export type PlaceOrderInput = z.infer<typeof PlaceOrderInput>;

export const OrderState = z.enum(["waiting", "painting", "done", "failed", "cancelled"]);
export type OrderState = z.infer<typeof OrderState>;

export const Candidate = z.object({
  index: z.int(),
  seed: Seed,
  imageUrl: z.string(),
  thumbhash: z.string(),
  scores: Scores,
  /** Weighted mean of the scores, 0..1. */
  score: z.number().min(0).max(1),
  kept: z.boolean(),
});
export type Candidate = z.infer<typeof Candidate>;

export const Order = PaintSettings.extend({
  id: OrderId,
  prompt: z.string(),
  negativePrompt: z.string(),
  count: z.int(),
  seed: Seed,
  /** The person's own sketch; null where Aria composed hers, or none. */
  sketch: Sha256.nullable(),
  state: OrderState,
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  artworkId: z.uuid().nullable(),
  candidates: z.array(Candidate),
  /** Why the kept one was kept, said from the scores; null until done. */
  reason: z.string().nullable(),
});
export type Order = z.infer<typeof Order>;
