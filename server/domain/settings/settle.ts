/** From what was asked, what the model likes, and what she has learned, the settings a picture is painted with. */
import type { ModelCard, PaintSettings } from "#contracts/generation.ts";
import type { Choice, Dimension } from "#contracts/mind.ts";
import type { AskedSettings } from "#contracts/order.ts";
import { asIfTried, choose, type Learned, posteriorsOf } from "#server/domain/learning/bandit.ts";
import type { Rng } from "#server/domain/seeds.ts";

/** Ways to depart from a model's default, as factors of it; the usual one comes first. */
const WAYS = {
  steps: { usual: 1, fewer: 0.75, more: 1.5 },
  guidance: { usual: 1, looser: 0.8, firmer: 1.25 },
} as const;
type Tunable = keyof typeof WAYS;
const TUNABLE = Object.keys(WAYS) as Tunable[];
/** Who made the model knew better than chance: the usual way begins as if it had been received well this often. */
const USUAL_TRIES = 4;
/** Students of few steps, and those that were distilled under guidance, are painted with as they were made. */
const LEAST = { steps: 6, guidance: 1.2 } as const;

/** Gaps filled from the model's own defaults. */
export function settingsFor(asked: AskedSettings, { id, defaults }: Pick<ModelCard, "id" | "defaults">): PaintSettings {
  const { underpainting = defaults.underpainting } = asked;
  return { ...defaults, ...definedOf(asked), modelId: id, underpainting };
}

const definedOf = (asked: AskedSettings): Partial<PaintSettings> =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));

export function posteriorsOfWays(dimension: Tunable, { here, everywhere }: Omit<Learned, "policy">) {
  return posteriorsOf(Object.keys(WAYS[dimension]), here, everywhere).map((posterior) =>
    posterior.arm === "usual" ? asIfTried(posterior, USUAL_TRIES, 1) : posterior,
  );
}

/** What nobody fixed is tried a little differently now and then, as far as that was found to please. */
export function tune(
  settings: PaintSettings,
  asked: AskedSettings,
  learned: (dimension: Dimension) => Learned,
  rng: Rng,
): { settings: PaintSettings; choices: Choice[] } {
  const choices = TUNABLE.filter(
    (dimension) => asked[dimension] === undefined && settings[dimension] >= LEAST[dimension],
  ).map(
    (dimension): Choice => ({
      dimension,
      arm: choose(posteriorsOfWays(dimension, learned(dimension)), rng, learned(dimension).policy),
      by: "aria",
    }),
  );
  const factorOf = (dimension: Tunable): number => {
    const arm = choices.find((choice) => choice.dimension === dimension)?.arm ?? "usual";
    return (WAYS[dimension] as Readonly<Record<string, number>>)[arm] ?? 1;
  };
  const steps = Math.round(settings.steps * factorOf("steps"));
  const guidance = Number((settings.guidance * factorOf("guidance")).toFixed(2));
  return { settings: { ...settings, steps, guidance }, choices };
}
