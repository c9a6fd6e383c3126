/** Which artworks hang in the gallery, in which order, and how the wall is laid out before they come. */
import { z } from "zod";
import { ArtworkId, ArtworkTile } from "./artwork.ts";
import { CollectionId } from "./collections.ts";
import { ModelId, Plain, Unit } from "./generation.ts";
import { ArtistId } from "./mind.ts";
import { Mood } from "./moods.ts";
import { Remix } from "./order.ts";
import { OUTLINE_STEP, PAGE_SIZE, SORTS } from "./wall-outline.ts";

const MAX_WORDS = 200;
const Words = Plain.trim().min(1, "must not be empty").max(MAX_WORDS, `must be at most ${MAX_WORDS} characters`);

/** PostgreSQL has no year 0, and nothing here was painted before there were computers. */
const Day = z.iso
  .date("must be a day, as in 2026-11-21")
  .refine((day) => day >= "1970-01-01" && day <= "2999-12-31", "must lie between 1970 and 2999");

/** What is left out filters nothing. */
export const GalleryFilter = z.object({
  /** In the title or the prompt, by their stems; `-word` and "a phrase" as on the web. */
  q: Words.optional(),
  artistId: ArtistId.optional(),
  mood: Mood.optional(),
  style: Plain.max(80).optional(),
  modelId: ModelId.optional(),
  collectionId: CollectionId.optional(),
  loved: z.boolean().optional(),
  minScore: Unit.optional(),
  /** Days of UTC, both included. */
  from: Day.optional(),
  to: Day.optional(),
  /** What was thrown away, and nothing else. */
  trash: z.boolean().optional(),
  sort: z.enum(SORTS).default("newest"),
});
export type GalleryFilter = z.infer<typeof GalleryFilter>;

/** Position of the last row seen, whatever the order: opaque to clients. */
export const GalleryCursor = z.object({ createdAt: z.date(), score: z.number(), id: ArtworkId });
export type GalleryCursor = z.infer<typeof GalleryCursor>;

export const GalleryPageInput = GalleryFilter.extend({
  after: GalleryCursor.nullish(),
  skip: z.int().min(0).max(OUTLINE_STEP, `must be at most ${OUTLINE_STEP}`).default(0),
  limit: z.int().min(1).max(PAGE_SIZE, `must be at most ${PAGE_SIZE}`).default(PAGE_SIZE),
});
export type GalleryPageInput = z.infer<typeof GalleryPageInput>;

/** All a page needs to know of a wall to lay it out, with nothing on it yet. */
export const GalleryOutline = z.object({
  total: z.int(),
  /** One character an artwork, in order: the logarithm of width over height, see `ratioOf`. */
  ratios: z.string(),
  /** In order, where it is by date; empty otherwise. */
  months: z.array(z.object({ month: z.string(), count: z.int() })),
  /** Positions after 500 artworks, after 1,000, and so on. */
  anchors: z.array(GalleryCursor),
});
export type GalleryOutline = z.infer<typeof GalleryOutline>;

/** Artworks like one of them, or like what words mean to the model that painted them. */
export const AlikeInput = z.union([z.object({ artworkId: ArtworkId }), z.object({ words: Words })]);
export type AlikeInput = z.infer<typeof AlikeInput>;

export const Alike = z.object({
  /** The nearest first. */
  tiles: z.array(ArtworkTile),
  /** What was understood of the words; null where an artwork was asked about. */
  heard: z.array(z.string()).nullable(),
});
export type Alike = z.infer<typeof Alike>;

/** A work among those it came from and those that came of it. */
export const Relative = z.object({ tile: ArtworkTile, parentId: ArtworkId.nullable(), remix: Remix.nullable() });
export type Relative = z.infer<typeof Relative>;

/** What a newcomer does in the first minutes, as far as it is done. */
export const FirstSteps = z.object({ painted: z.boolean(), reacted: z.boolean(), collected: z.boolean() });
export type FirstSteps = z.infer<typeof FirstSteps>;

/** What there is to choose from in the filters. */
export const GalleryFacets = z.object({
  styles: z.array(z.string()),
  modelIds: z.array(ModelId),
  moods: z.array(Mood),
});
export type GalleryFacets = z.infer<typeof GalleryFacets>;
