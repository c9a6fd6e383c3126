/** What a person asks Aria for, and what became of it. */
import { z } from "zod";
import { NegativePrompt, PaintSettings, Prompt, promptLimit, Scores, Seed, whole } from "./generation.ts";
import { ArtistId, Choice, Thought } from "./mind.ts";
import { Mood } from "./moods.ts";
import { MAX_COUNT, MAX_PROMPT_CHARACTERS } from "./terms.ts";

/** Content address of a stored picture. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hex digits");

/** What `POST /sketches` answers. */
export const SketchReply = z.object({ sha256: Sha256 });
export type SketchReply = z.infer<typeof SketchReply>;

export const OrderId = z.uuid().brand<"OrderId">();
export type OrderId = z.infer<typeof OrderId>;

/** Of one person's, at a time: a day's work of one machine, about. */
export const MOST_WAITING = 1_000;

/** What lies in the queue: all else is read from the order when its turn comes. */
export const PaintJob = z.object({ orderId: OrderId });

/** A person's own words for what to paint; empty leaves it to her. */
export const Theme = z.string().trim().max(MAX_PROMPT_CHARACTERS, promptLimit);

/** Ways to make a work from another. */
export const Remix = z.enum(["variation", "style", "mood"]);
export type Remix = z.infer<typeof Remix>;

/** What a person fixed: the rest is the model's own, or hers to decide. */
export const AskedSettings = PaintSettings.partial().extend({
  /** In place of the one she is in. */
  mood: Mood.optional(),
});
export type AskedSettings = z.infer<typeof AskedSettings>;

/** Everything may be left out: she finds a theme, and the model's own defaults fill the gaps. */
export const PlaceOrderInput = AskedSettings.extend({
  /** Made by the client, so that a repeated request is the same order. */
  id: OrderId.optional(),
  artistId: ArtistId.optional(),
  prompt: Theme.default(""),
  /** Whether she may add to the theme, and decide what nobody fixed. */
  enhance: z.boolean().default(true),
  /** The prompt as it is to be painted, word for word: what she proposed for the theme, say, as a person edited it. */
  edited: Prompt.optional(),
  negativePrompt: NegativePrompt.default(""),
  count: whole(1, MAX_COUNT).default(3),
  /** Seed of the first candidate; the others follow it one by one. Random when absent. */
  seed: Seed.optional(),
  /** A sketch that was sent to `/sketches`, to be painted over instead of Aria's own. */
  sketch: Sha256.optional(),
});
/** Where an order comes from: for services to say, and for nobody who asks. */
export interface Origin {
  readonly own?: boolean;
  /** The artwork that it is made from. */
  readonly parent?: { readonly artworkId: string; readonly remix: Remix };
  /** The series it is a piece of. */
  readonly piece?: { readonly seriesId: string; readonly index: number };
}
export type PlaceOrderInput = z.infer<typeof PlaceOrderInput> & Origin;

/** Before another that waits; null puts it last. */
export const MoveOrderInput = z.object({ id: OrderId, before: OrderId.nullable() });
export const PauseInput = z.boolean();

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
  artistId: ArtistId,
  /** As a person said it; empty where it was left to her. */
  theme: z.string(),
  /** As it is painted: the theme, until she has thought about it. */
  prompt: z.string(),
  asked: AskedSettings,
  enhance: z.boolean(),
  /** Begun by herself. */
  own: z.boolean(),
  /** The series it is a piece of. */
  seriesId: z.uuid().nullable(),
  /** The artwork it was made from, and how. */
  parentId: z.uuid().nullable(),
  remix: Remix.nullable(),
  /** Null until she has decided; `subject` is what she then paints. */
  mood: Mood.nullable(),
  subject: z.string().nullable(),
  title: z.string().nullable(),
  statement: z.string().nullable(),
  thoughts: z.array(Thought),
  choices: z.array(Choice),
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
