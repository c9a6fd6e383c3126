/** One theme explored into several works that share their colours and vary in one stated way. */
import { z } from "zod";
import { Prompt, whole } from "./generation.ts";
import { Order } from "./order.ts";
import { MAX_COUNT, SERIES_DIMENSIONS } from "./terms.ts";

export const SeriesId = z.uuid().brand<"SeriesId">();
export type SeriesId = z.infer<typeof SeriesId>;

export const SeriesDimension = z.enum(SERIES_DIMENSIONS);
export type SeriesDimension = z.infer<typeof SeriesDimension>;

export const PlaceSeriesInput = z.object({
  /** Made by the client, so that a repeated request is the same series. */
  id: SeriesId,
  theme: Prompt,
  count: whole(2, 12),
  dimension: SeriesDimension,
  /** Pictures a piece is chosen from. */
  candidates: whole(1, MAX_COUNT).default(2),
});
export type PlaceSeriesInput = z.infer<typeof PlaceSeriesInput>;

export const Series = z.object({
  id: SeriesId,
  theme: z.string(),
  dimension: SeriesDimension,
  /** Of its works, whether they are placed yet or not. */
  count: z.int(),
  /** What all share; empty where the theme says it, or it is what varies. */
  palette: z.string(),
  manner: z.string(),
  modelId: z.string(),
  createdAt: z.date(),
  /** One a piece, in their order. */
  pieces: z.array(Order),
});
export type Series = z.infer<typeof Series>;
