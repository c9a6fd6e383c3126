/** What Aria does not paint, and how far an operator decides that. */
import { z } from "zod";
import { Plain, promptLimit } from "./generation.ts";
import { MAX_LISTED, MAX_LISTED_CHARACTERS, MAX_PROMPT_CHARACTERS, SWITCHABLE_CATEGORIES } from "./terms.ts";

/** Those that an operator may turn off. */
export const SwitchableCategory = z.enum(SWITCHABLE_CATEGORIES);
export type SwitchableCategory = z.infer<typeof SwitchableCategory>;

/** `minors` is refused always; `likeness` and `denied` go by the operator's lists. */
export type SafetyCategory = SwitchableCategory | "minors" | "likeness" | "denied";

const Listed = z
  .array(
    Plain.trim()
      .min(2, "must be at least 2 characters")
      .max(MAX_LISTED_CHARACTERS, `must be at most ${MAX_LISTED_CHARACTERS} characters`),
  )
  .max(MAX_LISTED, `must be at most ${MAX_LISTED.toLocaleString("en")} entries`);

export const SafetyRules = z.object({
  /** The categories that are refused. */
  refused: z.array(SwitchableCategory),
  /** Words and phrases that are refused besides. */
  deny: Listed,
  /** Words and phrases that are never taken amiss, except where it is about minors. */
  allow: Listed,
  /** Names of people who are not to be painted. */
  people: Listed,
});
export type SafetyRules = z.infer<typeof SafetyRules>;

/** As it is before an operator has decided anything. */
export const STRICT: SafetyRules = { refused: [...SWITCHABLE_CATEGORIES], deny: [], allow: [], people: [] };

/** A sentence to be tried. */
export const TrySentenceInput = z.object({
  text: z.string().trim().max(MAX_PROMPT_CHARACTERS, promptLimit),
  /** As they would be. */
  rules: SafetyRules,
});

/** Why a prompt is not painted, and the words that say so, as they were read. */
export interface Judgement {
  readonly category: SafetyCategory;
  readonly words: string;
}

/** As the reason of INVALID: what follows "prompt: ". */
export const REFUSAL_REASONS = {
  minors: "must not bring minors together with anything sexual; that is never painted",
  sexual: "must not ask for sexual content",
  gore: "must not ask for gore",
  hate: "must not ask for hate symbols or slurs",
  likeness: "must not name a person who is not to be painted here",
  denied: "must not hold words that are not wanted here",
} as const satisfies Record<SafetyCategory, string>;
