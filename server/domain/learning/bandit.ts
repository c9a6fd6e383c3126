/**
 * What she has learned of a choice with several arms, and which arm she tries next. Thompson sampling on Beta posteriors
 * (Thompson 1933; Chapelle and Li 2011) with rewards in [0, 1] taken as fractional successes; epsilon-greedy beside it.
 */
import type { Rng } from "#server/domain/seeds.ts";

/** Fractional counts of an arm in one context, faded up to now. */
export interface Evidence {
  readonly arm: string;
  readonly successes: number;
  readonly failures: number;
}

const EPSILON = 0.15;
/** What all contexts together say counts as this many tries in one of them, at most. */
const SHARED_TRIES = 1;
/** Evidence loses half of its weight in this time: tastes change. */
export const HALF_LIFE_DAYS = 90;
const DAY_MS = 86_400_000;

export type Policy = "thompson" | "epsilon-greedy";

/** What is known of a dimension's arms in one context, and over all of them; and how she chooses by it. */
export interface Learned {
  readonly policy: Policy;
  readonly here: readonly Evidence[];
  readonly everywhere: readonly Evidence[];
}

/** Of evidence that was last added to at `from`. */
export const fadeBetween = (from: Date, to: Date): number =>
  0.5 ** (Math.max(0, to.getTime() - from.getTime()) / DAY_MS / HALF_LIFE_DAYS);

export interface Posterior {
  readonly arm: string;
  readonly alpha: number;
  readonly beta: number;
}

const UNKNOWN = { successes: 0, failures: 0 };

/**
 * A uniform prior, moved by what the arm gave in every context, and what it gave in this one. `arms` may name some that
 * nothing is known of yet.
 */
export function posteriorsOf(
  arms: readonly string[],
  here: readonly Evidence[],
  everywhere: readonly Evidence[] = [],
): Posterior[] {
  const find = (evidence: readonly Evidence[], arm: string) => evidence.find((one) => one.arm === arm) ?? UNKNOWN;
  return arms.map((arm) => {
    const [own, all] = [find(here, arm), find(everywhere, arm)];
    // What was seen here is part of what was seen everywhere, and must not count twice.
    const elsewhere = {
      successes: Math.max(0, all.successes - own.successes),
      failures: Math.max(0, all.failures - own.failures),
    };
    const tries = elsewhere.successes + elsewhere.failures;
    const share = tries === 0 ? 0 : Math.min(1, SHARED_TRIES / tries);
    if (own.successes < 0 || own.failures < 0) throw new RangeError(`there is less than nothing known of ${arm}`);
    return {
      arm,
      alpha: 1 + own.successes + share * elsewhere.successes,
      beta: 1 + own.failures + share * elsewhere.failures,
    };
  });
}

/** As if the arm had been tried so often more, and `share` of these tries had gone well: what is believed before it is learned. */
export const asIfTried = ({ arm, alpha, beta }: Posterior, tries: number, share: number): Posterior => ({
  arm,
  alpha: alpha + tries * share,
  beta: beta + tries * (1 - share),
});

const meanOf = ({ alpha, beta }: Posterior): number => alpha / (alpha + beta);

/** The arm to try now. Of no arms there is no choice: throws RangeError. */
export function choose(posteriors: readonly Posterior[], rng: Rng, policy: Policy = "thompson"): string {
  if (posteriors.length === 0) throw new RangeError("there must be an arm to choose");
  if (policy === "epsilon-greedy" && rng() < EPSILON) return posteriors[Math.floor(rng() * posteriors.length)]!.arm;
  const worthOf = policy === "thompson" ? (one: Posterior) => drawBeta(one, rng) : meanOf;
  let [best, most] = ["", Number.NEGATIVE_INFINITY];
  for (const one of posteriors) {
    const value = worthOf(one);
    if (value > most) [best, most] = [one.arm, value];
  }
  return best;
}

/**
 * Posteriors are drawn from narrower than they are: over a life of hundreds of paintings she does better for it than by
 * the plain rule ("posterior reshaping" in Chapelle and Li 2011; their alpha is 1 over this).
 */
const RESHAPING = 2.5;

/** Beta(a, b) as A/(A + B) of two Gammas. */
function drawBeta(posterior: Posterior, rng: Rng): number {
  const { alpha, beta } = reshaped(posterior);
  const a = drawGamma(alpha, rng);
  return a / (a + drawGamma(beta, rng));
}

const reshaped = ({ alpha, beta }: Posterior) => ({ alpha: RESHAPING * alpha, beta: RESHAPING * beta });

/** Gamma(shape, 1) for shape >= 1: Marsaglia and Tsang 2000, "A simple method for generating gamma variables". */
function drawGamma(shape: number, rng: Rng): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(rng);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - rng()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Box and Muller 1958. */
const drawNormal = (rng: Rng): number => Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());

const CELLS = 400;

/**
 * How often each arm is tried now, summing to 1: for Thompson sampling the chance that its draw is the largest, integrated
 * over `CELLS` cells of [0, 1].
 */
export function sharesOf(posteriors: readonly Posterior[], policy: Policy = "thompson"): Map<string, number> {
  if (policy === "epsilon-greedy") return greedyShares(posteriors);
  const densities = posteriors.map(densityOf);
  const belows = densities.map((density) => {
    let sum = 0;
    // Up to the middle of a cell, so that a tie is shared.
    return density.map((mass) => {
      const below = sum + mass / 2;
      sum += mass;
      return below;
    });
  });
  const chances = densities.map((density, i) =>
    density.reduce(
      (sum, mass, cell) => sum + belows.reduce((chance, below, k) => (k === i ? chance : chance * below[cell]!), mass),
      0,
    ),
  );
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  return new Map(posteriors.map(({ arm }, i) => [arm, chances[i]! / total]));
}

function greedyShares(posteriors: readonly Posterior[]): Map<string, number> {
  const best = posteriors.reduce((a, b) => (meanOf(b) > meanOf(a) ? b : a));
  const chance = EPSILON / posteriors.length;
  return new Map(posteriors.map((one) => [one.arm, chance + (one === best ? 1 - EPSILON : 0)]));
}

/** Mass of each cell, summing to 1. */
function densityOf(posterior: Posterior): number[] {
  const { alpha, beta } = reshaped(posterior);
  const logs = Array.from({ length: CELLS }, (_, cell) => {
    const p = (cell + 0.5) / CELLS;
    return (alpha - 1) * Math.log(p) + (beta - 1) * Math.log(1 - p);
  });
  const most = Math.max(...logs);
  const masses = logs.map((log) => Math.exp(log - most));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return masses.map((mass) => mass / total);
}
