/** What an operator decides of a flag, and what is told of an experiment. */
import { z } from "zod";
import { FLAG_NAMES, FLAGS, type FlagName as Name, type OutcomeKind, variantsOf } from "./flag-names.ts";
import { PersonId, Role } from "./people.ts";

export const FlagName = z.enum(FLAG_NAMES as [Name, ...Name[]]);

const MAX_RULES = 50;

/** The first that fits decides, before any share. */
export const FlagRule = z.union([
  z.object({ role: Role, variant: z.string() }),
  z.object({ personId: PersonId, variant: z.string() }),
]);
export type FlagRule = z.infer<typeof FlagRule>;

/** In whole per cent; a canary is a small one. */
const Share = z.int("must be a whole number").min(0, "must be 0 to 100").max(100, "must be 0 to 100");

export const FlagSettings = z.object({
  /** Off: everybody gets what is usual. */
  isOn: z.boolean(),
  rules: z.array(FlagRule).max(MAX_RULES, `must be at most ${MAX_RULES}`),
  /** Of each variant; all of them add up to 100. */
  shares: z.record(z.string(), Share),
});
export type FlagSettings = z.infer<typeof FlagSettings>;

/** As it is before an operator has decided anything. */
export const offSettings = (flag: Name): FlagSettings => ({
  isOn: false,
  rules: [],
  shares: Object.fromEntries(variantsOf(flag).map((variant) => [variant, variant === FLAGS[flag].usual ? 100 : 0])),
});

export const WriteFlagInput = FlagSettings.extend({ id: FlagName }).superRefine(({ id, rules, shares }, context) => {
  const variants = variantsOf(id);
  const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  const named = Object.keys(shares);
  if (named.length !== variants.length || named.some((variant) => !variants.includes(variant)))
    refuse("shares", `must name ${variants.join(", ")}`);
  else if (Object.values(shares).reduce((sum, share) => sum + share, 0) !== 100) refuse("shares", "must add up to 100");
  if (rules.some(({ variant }) => !variants.includes(variant))) refuse("rules", `must give ${variants.join(", ")}`);
});
export type WriteFlagInput = z.infer<typeof WriteFlagInput>;

/** How many were given a variant so far, and when the last of them was first. */
export interface FlagExposures {
  readonly flag: Name;
  readonly variant: string;
  readonly subjects: number;
  readonly lastAt: Date;
}

export interface FlagCard {
  readonly name: Name;
  readonly settings: FlagSettings;
  readonly exposures: readonly FlagExposures[];
  /** Whether it has two variants, so that one can be compared with the other. */
  readonly isComparable: boolean;
}

/** After so many outcomes: how much better the other variant is than the usual one, and the bounds it surely lies between. */
export interface SequencePoint {
  readonly n: number;
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
}

export interface ExperimentArm {
  readonly variant: string;
  readonly count: number;
  /** 0 (poor) to 1 (good); null where there is none. */
  readonly mean: number | null;
}

/** What is known of one kind of outcome. */
export interface Comparison {
  readonly kind: OutcomeKind;
  /** The usual one first. */
  readonly arms: readonly [ExperimentArm, ExperimentArm];
  /** Some of the points, the last among them. */
  readonly path: readonly SequencePoint[];
  /** The first number of outcomes after which the bounds left out 0, and on which side; null while they do not. */
  readonly decided: { readonly n: number; readonly isBetter: boolean } | null;
}

export interface Experiment {
  readonly flag: Name;
  /** How often, at most, something is called decided that makes no difference. */
  readonly alpha: number;
  readonly comparisons: readonly Comparison[];
}
