import { AriaError } from "#contracts/errors.ts";
import {
  FLAG_NAMES,
  FLAGS,
  type FlagName,
  OUTCOME_KINDS,
  type OutcomeKind,
  variantsOf,
} from "#contracts/flag-names.ts";
import type { Comparison, Experiment, FlagCard, SequencePoint, WriteFlagInput } from "#contracts/flags.ts";
import { confidenceSequence, firstDecided } from "#server/domain/flags/confidence-sequence.ts";
import { settingsInWords } from "#server/domain/operations/audit-words.ts";
import type { FlagOutcome, Ports } from "#server/ports.ts";

type Deps = Pick<Ports, "flagRepo" | "now">;

const ALPHA = 0.05;
/** The first of them: a sequence may be looked at whenever one likes, and so as well be cut off here. */
const MOST_OUTCOMES = 20_000;
const SHOWN_POINTS = 120;

/** What admins see of the flags, and decide. */
export function makeKeepFlags({ flagRepo, now }: Deps) {
  return {
    async list(): Promise<FlagCard[]> {
      const exposures = await flagRepo.exposures();
      return Promise.all(
        FLAG_NAMES.map(async (name) => ({
          name,
          settings: await flagRepo.settings(name),
          exposures: exposures.filter(({ flag }) => flag === name),
          isComparable: variantsOf(name).length === 2,
        })),
      );
    },
    /** Gives what holds now, in words for the audit. */
    async write({ id, ...settings }: WriteFlagInput): Promise<string> {
      await flagRepo.write(id, settings, now());
      return settingsInWords(settings);
    },
    /** Throws INVALID where it has not two variants. */
    async experiment(flag: FlagName): Promise<Experiment> {
      if (variantsOf(flag).length !== 2)
        throw new AriaError("INVALID", { field: "flag", reason: "must have two variants to be compared" });
      const comparisons = OUTCOME_KINDS.map(async (kind) =>
        compare(flag, kind, await flagRepo.outcomes(flag, kind, MOST_OUTCOMES)),
      );
      return { flag, alpha: ALPHA, comparisons: await Promise.all(comparisons) };
    },
  };
}

/** Whom a rule gave a variant, or all were given it, say nothing of what it makes of others. */
const isByChance = ({ reason, share }: FlagOutcome): boolean => reason === "SPLIT" && share > 0 && share < 1;

function compare(flag: FlagName, kind: OutcomeKind, outcomes: readonly FlagOutcome[]): Comparison {
  const drawn = outcomes.filter(isByChance);
  const { usual } = FLAGS[flag];
  const points = confidenceSequence(
    drawn.map(({ variant, share, value }) => {
      const isTreated = variant !== usual;
      return { isTreated, value, share: isTreated ? share : 1 - share };
    }),
    ALPHA,
  );
  const armOf = (variant: string) => {
    const values = drawn.flatMap((one) => (one.variant === variant ? [one.value] : []));
    const count = values.length;
    return { variant, count, mean: count === 0 ? null : values.reduce((sum, value) => sum + value, 0) / count };
  };
  const [first = usual, second = usual] = variantsOf(flag);
  return { kind, arms: [armOf(first), armOf(second)], path: thinned(points), decided: firstDecided(points) };
}

function thinned(points: readonly SequencePoint[]): SequencePoint[] {
  const step = Math.ceil(points.length / SHOWN_POINTS);
  return points.filter((_, i) => (points.length - 1 - i) % step === 0);
}
