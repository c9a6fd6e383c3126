/**
 * Whether one of two variants is better, by bounds that hold however often somebody looks: a confidence sequence for the mean
 * difference, from outcomes in [0, 1] of subjects that were assigned by chance.
 *
 * Each outcome Y of a subject that had the chance p of the treatment counts as Z = (Y - 1/2) (A/p - (1 - A)/(1 - p)), A being 1
 * where it was treated: its mean is the difference that the treatment makes, whatever p was just then (Horvitz and Thompson
 * 1952). |Z| <= c = 1/(2 min(p, 1 - p)), so by Hoeffding's lemma it is sub-Gaussian with variance c². With S the sum of Z and V
 * that of c², the chance that |S - sum of means| >= u(V) is ever true is at most alpha, for
 * u(v) = sqrt((v + rho) log((v + rho) / (alpha² rho))): the two-sided normal mixture of Robbins (1970), equation 14 of Howard,
 * Ramdas, McAuliffe and Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences", Annals of Statistics 49(2), 2021.
 */
import type { SequencePoint } from "#contracts/flags.ts";

export interface Observation {
  readonly isTreated: boolean;
  /** Chance of the treatment when it was assigned, within (0, 1). */
  readonly share: number;
  /** 0..1 */
  readonly value: number;
}

/** Where the bounds are tightest: a hundred outcomes at equal shares, what a house comes to in some weeks. */
const TIGHTEST_AT = 100;

/** As good as the best for `TIGHTEST_AT`: the approximation that confseq 0.0.11, the authors' own code, takes. */
const rhoOf = (alpha: number): number => {
  const log = 2 * Math.log(1 / alpha);
  return TIGHTEST_AT / (log + Math.log(1 + log));
};

export function boundary(variance: number, alpha: number): number {
  const rho = rhoOf(alpha);
  return Math.sqrt((variance + rho) * Math.log((variance + rho) / (alpha ** 2 * rho)));
}

/** A point an observation. Throws RangeError for a share or a value that is out of range. */
export function confidenceSequence(observations: readonly Observation[], alpha: number): SequencePoint[] {
  let [sum, variance] = [0, 0];
  return observations.map(({ isTreated, share, value }, i) => {
    if (!(share > 0 && share < 1)) throw new RangeError(`a share must lie within (0, 1), and is ${share}`);
    if (!(value >= 0 && value <= 1)) throw new RangeError(`a value must lie within [0, 1], and is ${value}`);
    sum += (value - 0.5) * (isTreated ? 1 / share : -1 / (1 - share));
    variance += (0.5 / Math.min(share, 1 - share)) ** 2;
    const n = i + 1;
    const [difference, width] = [sum / n, boundary(variance, alpha) / n];
    // No difference of means in [0, 1] is larger.
    return { n, difference, lower: Math.max(-1, difference - width), upper: Math.min(1, difference + width) };
  });
}

/** The first point whose bounds leave out 0. It may be acted on whenever it comes: later ones can only be about another size. */
export function firstDecided(points: readonly SequencePoint[]): { n: number; isBetter: boolean } | null {
  const point = points.find(({ lower, upper }) => lower > 0 || upper < 0);
  return point ? { n: point.n, isBetter: point.lower > 0 } : null;
}
