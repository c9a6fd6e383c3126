/**
 * Every flag there is: its variants, what each stands for, and which is usual. Without zod, for pages. A test fails of a flag that
 * nobody reads.
 */
export const FLAGS = {
  /** How she puts an idea into a prompt: subject, manner and colours; or with the light that suits her mood besides. */
  "prompt-template": { usual: "plain", variants: { plain: "plain", "with-light": "with-light" } },
  /** Whether a language model, where one is configured, may word her prompts. */
  "language-model": { usual: "on", variants: { on: true, off: false } },
  /** How many pictures she paints to choose from when nobody watches. */
  "own-candidates": { usual: "three", variants: { three: 3, one: 1, five: 5 } },
} as const;

export type FlagName = keyof typeof FLAGS;
export const FLAG_NAMES = Object.keys(FLAGS) as FlagName[];

type Variants<F extends FlagName> = (typeof FLAGS)[F]["variants"];
/** What a flag's variants stand for. */
export type FlagValue<F extends FlagName> = Variants<F>[keyof Variants<F>];

/** The usual one first. */
export const variantsOf = (flag: FlagName): string[] => Object.keys(FLAGS[flag].variants);

/** What is said of what came of an order: by people, first of all; and by the critics, of what was kept. */
export const OUTCOME_KINDS = ["verdict", "score"] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];
