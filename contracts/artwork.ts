/** What every program of Aria means by an artwork: a picture she kept. The schemas are the source; types are inferred. */
import { z } from "zod";
import { PaintSettings, Scores, Seed, Unit } from "./generation.ts";
import { ArtistId, Choice, FeedbackAction, Thought } from "./mind.ts";
import { Mood } from "./moods.ts";
import { Candidate, OrderId, Remix, Sha256 } from "./order.ts";
import { MAX_MANY } from "./terms.ts";

export const ArtworkId = z.uuid().brand<"ArtworkId">();
export type ArtworkId = z.infer<typeof ArtworkId>;

/** As the gallery needs it: light, one row. */
export const ArtworkTile = z.object({
  id: ArtworkId,
  title: z.string(),
  prompt: z.string(),
  widthPx: z.int(),
  heightPx: z.int(),
  /** `/images/<sha256>`; its small copies are in thumbnails.ts. */
  imageUrl: z.string(),
  thumbhash: z.string(),
  createdAt: z.date(),
});
export type ArtworkTile = z.infer<typeof ArtworkTile>;

/** Where the eye should rest, from left and from top. */
export const FocalPoint = z.object({ x: Unit, y: Unit });
export type FocalPoint = z.infer<typeof FocalPoint>;

export const Artwork = ArtworkTile.extend({
  orderId: OrderId,
  artistId: ArtistId,
  /** As a person said it; empty where it was left to her. */
  theme: z.string(),
  /** Null for what was painted before she had any. */
  mood: Mood.nullable(),
  statement: z.string().nullable(),
  thoughts: z.array(Thought),
  choices: z.array(Choice),
  /** What it was made from, and how; null for one that was made from nothing, or whose origin is gone. */
  parent: z.object({ tile: ArtworkTile, remix: Remix }).nullable(),
  /** What was made from it, oldest first. */
  children: z.array(ArtworkTile),
  /** How it was reacted to, each kind once. */
  feedback: z.array(FeedbackAction),
  negativePrompt: z.string(),
  settings: PaintSettings,
  /** The person's own sketch that it was painted over. */
  sketch: Sha256.nullable(),
  modelHash: z.string(),
  seed: Seed,
  scores: Scores,
  score: z.number().min(0).max(1),
  /** How much the critics agree about it, 0..1. */
  consensus: z.number().min(0).max(1),
  reason: z.string(),
  bytes: z.int(),
  /** An animated WebP of how it was painted; null where that was not kept. */
  filmUrl: z.string().nullable(),
  /** Of a crop, as a person moved it. */
  focal: FocalPoint.nullable(),
  candidates: z.array(Candidate),
  trashedAt: z.date().nullable(),
});
export type Artwork = z.infer<typeof Artwork>;

const Remixed = z.object({ artworkId: ArtworkId });
const Manner = z.string().trim().min(1, "must not be empty").max(80, "must be at most 80 characters");
export const RemixInput = z.discriminatedUnion("kind", [
  Remixed.extend({ kind: z.literal("variation") }),
  Remixed.extend({ kind: z.literal("style"), style: Manner }),
  Remixed.extend({ kind: z.literal("mood"), mood: Mood }),
]);
export type RemixInput = z.infer<typeof RemixInput>;

/** For whatever is done to many artworks at once. */
export const ManyArtworks = z
  .array(ArtworkId)
  .min(1, "must not be empty")
  .max(MAX_MANY, `must be at most ${MAX_MANY.toLocaleString("en")}`);
