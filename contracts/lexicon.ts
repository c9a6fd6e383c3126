/** What words mean to a model, and to its scorer. */
import { z } from "zod";
import { ModelId } from "./generation.ts";

/** Space-separated labels: "scene:ocean extra:lighthouse". */
const Meanings = z.record(z.string(), z.string());

/** `lexicon.json` of a model folder, written by training/lexicon.py, which says what each part is for. */
export const Lexicon = z.object({
  say: z.record(z.enum(["scene", "style", "palette", "time", "extra"]), z.record(z.string(), z.string())),
  words: Meanings,
  hints: Meanings,
  shows: z.record(z.string(), z.array(z.string())),
  /** Scenes that know one time of day alone. */
  times: z.record(z.string(), z.string()),
  becomes: z.record(z.string(), z.string()),
  ignored: z.array(z.string()),
});
export type Lexicon = z.infer<typeof Lexicon>;

/** What words mean to the scorer of a model. */
export const Meaning = z.object({
  /** The labels that were heard, as people say them. */
  heard: z.array(z.string()),
  /** Over the positive parts of an embedding: the larger the dot product, the more a picture shows of it. */
  direction: z.array(z.number()),
});
export type Meaning = z.infer<typeof Meaning>;
/** Of `POST /meanings`. */
export const MeaningInput = z.object({ modelId: ModelId, words: z.string() });
export const MeaningReply = z.object({ meaning: Meaning.nullable() });

export const LexiconReply = z.object({ lexicon: Lexicon.nullable() });
