/** Aria's mind as every program speaks of it: who she is, what she thinks while she paints, and what she is told of it. */
import { z } from "zod";
import { ModelId, Prompt, Unit, whole } from "./generation.ts";
import type { Axes } from "./mood-natures.ts";
import { Influence, Mood } from "./moods.ts";

export const ArtistId = z.uuid().brand<"ArtistId">();
export type ArtistId = z.infer<typeof ArtistId>;

/** Hers for life. */
export const Traits = z.object({
  /** How far from what she painted lately she looks for a subject. */
  curiosity: Unit,
  /** How many rounds she thinks over an idea that she finds fault with. */
  patience: Unit,
});
export type Traits = z.infer<typeof Traits>;

const HourOfDay = z.int().min(0, "must be 0 to 23").max(23, "must be 0 to 23");

/** What she may do unasked. */
export const Autonomy = z.object({
  isOn: z.boolean(),
  /** Hours of the day in which she begins nothing; from and to alike is never. */
  quietFrom: HourOfDay,
  quietTo: HourOfDay,
  /** Works a day, at most. */
  dailyBudget: whole(1, 96),
  /** When she means to begin the next; null while she may not. */
  nextAt: z.date().nullable(),
});
export type Autonomy = z.infer<typeof Autonomy>;

export const AutonomyInput = Autonomy.omit({ nextAt: true }).extend({ artistId: ArtistId });
export type AutonomyInput = z.infer<typeof AutonomyInput>;

export const Artist = Traits.extend({
  id: ArtistId,
  name: z.string(),
  mood: Mood,
  energy: Unit,
  intensity: Unit,
  moodSince: z.date(),
  /** Up to when her inner life was lived: while nobody runs her she sleeps, and wakes as she was. */
  livedUntil: z.date(),
  /** Grows by what she does and by what is thought of it. */
  experience: z.number().min(0),
  autonomy: Autonomy,
});
export type Artist = z.infer<typeof Artist>;

export const CreateArtistInput = Traits.extend({
  /** Made by the client, so that a repeated request is the same artist. */
  id: ArtistId,
  name: z.string().trim().min(1, "must not be empty").max(40, "must be at most 40 characters"),
});
export type CreateArtistInput = z.infer<typeof CreateArtistInput>;

export const MOOD_CAUSES = ["woke", "time", "good work", "poor work", ...Influence.options] as const;
export const MoodChange = z.object({
  at: z.date(),
  mood: Mood,
  energy: Unit,
  intensity: Unit,
  cause: z.enum(MOOD_CAUSES),
});
export type MoodChange = z.infer<typeof MoodChange>;
export type MoodCause = MoodChange["cause"];

/** In the order they come in; there may be several of a kind. */
export const THOUGHT_KINDS = ["observe", "reflect", "decide", "express", "create"] as const;
export const Thought = z.object({
  index: z.int().min(0),
  kind: z.enum(THOUGHT_KINDS),
  text: z.string(),
  at: z.date(),
});
export type Thought = z.infer<typeof Thought>;

/** As it crosses HTTP, on its way to whoever watches. */
export const Whisper = z.object({ orderId: z.uuid(), thought: Thought.extend({ at: z.coerce.date() }) });
export type Whisper = z.infer<typeof Whisper>;

/** What she may decide of a painting, and learns about from what becomes of it. */
export const DIMENSIONS = ["model", "style", "palette", "steps", "guidance"] as const;
export const Dimension = z.enum(DIMENSIONS);
export type Dimension = z.infer<typeof Dimension>;

export const Choice = z.object({
  dimension: Dimension,
  arm: z.string(),
  /** Who chose: a person, by theme or setting; or she, by what she has learned. */
  by: z.enum(["person", "aria"]),
});
export type Choice = z.infer<typeof Choice>;

export const EpisodeKind = z.enum(["work", "milestone", "week", "encounter", "exhibition"]);
export type EpisodeKind = z.infer<typeof EpisodeKind>;

/** What a reaction is worth, -1 to 1. */
export const FEEDBACK_WEIGHTS = { love: 1, download: 0.9, share: 0.8, like: 0.7, skip: -0.3, delete: -1 } as const;
export type FeedbackAction = keyof typeof FEEDBACK_WEIGHTS;
export const FeedbackAction = z.enum(Object.keys(FEEDBACK_WEIGHTS) as FeedbackAction[]);

export const InfluenceInput = z.object({ artistId: ArtistId, by: Influence });

/** Of an artwork; `ArtworkId` would lead back here. */
export const FeedbackInput = z.object({ artworkId: z.uuid().brand<"ArtworkId">(), action: FeedbackAction });

export const JournalInput = z.object({
  artistId: ArtistId,
  /** The last episode seen. */
  cursor: z.int().nullish(),
  limit: z.int().min(1).max(100).default(40),
});

export const ProposePromptInput = z.object({
  theme: Prompt,
  modelId: ModelId.optional(),
  artistId: ArtistId.optional(),
});
export type ProposePromptInput = z.infer<typeof ProposePromptInput>;
export interface Proposal {
  readonly prompt: string;
  /** Of the model it is worded for. */
  readonly modelId: string;
  /** What became of asking a language model; null where none is configured. */
  readonly note: string | null;
}

/** How a mood tries an arm of a dimension, and on what grounds. */
export const Leaning = z.object({
  dimension: Dimension,
  arm: z.string(),
  /** How often she tries it in this mood now, 0..1. */
  share: Unit,
  /** Paintings with it in this mood that were reacted to, faded by time; and how well they were received, -1..1. */
  tries: z.number().min(0),
  worth: z.number().min(-1).max(1).nullable(),
});
export type Leaning = z.infer<typeof Leaning>;

/** All that is shown of her inner life. */
export interface Mind {
  readonly artist: Artist;
  /** In which her hours are told, as in the IANA's list. */
  readonly timeZone: string;
  readonly level: number;
  readonly title: string;
  /** Experience at which this level began, and at which the next begins. */
  readonly levelFrom: number;
  readonly levelTo: number;
  /** Where her mood pulls, 0..1 an axis, as strongly as it is felt now. */
  readonly axes: Axes;
  /** Newest first. */
  readonly moods: readonly MoodChange[];
  /** By dimension, what she would try now; the most tried arms first. */
  readonly leanings: readonly Leaning[];
  readonly works: number;
}
