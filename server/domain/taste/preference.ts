/**
 * Which of two pictures a person prefers: Bayesian logistic regression on their difference (Bradley and Terry 1952), in the
 * dual form with Laplace's approximation (Rasmussen and Williams 2006, algorithms 3.1 and 3.2): as many unknowns as duels,
 * however many features there are.
 */
import { dot } from "./features.ts";

export interface Duel {
  /** Features of the one that was preferred less those of the other. */
  readonly difference: Float64Array;
}

export interface Taste {
  readonly duels: readonly Duel[];
  /** [duels], the gradient of the log likelihood at the mode: how much each duel says. */
  readonly gradient: Float64Array;
  /** [duels], square roots of the negated second derivatives. */
  readonly roots: Float64Array;
  /** Lower triangle, row by row, of B = I + W^1/2 K W^1/2. */
  readonly cholesky: readonly Float64Array[];
}

const MOST_TURNS = 50;
const CONVERGED = 1e-6;

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

export function learn(duels: readonly Duel[]): Taste {
  const n = duels.length;
  const kernel = duels.map((a) => Float64Array.from(duels, (b) => dot(a.difference, b.difference)));
  const times = (vector: Float64Array) => Float64Array.from(kernel, (row) => dot(row, vector));
  let mode = new Float64Array(n);
  let at = step(kernel, mode);
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    // Newton's step of algorithm 3.1: b = W f + grad; a = b - W^1/2 B^-1 W^1/2 K b; f = K a.
    const b = Float64Array.from(mode, (value, i) => at.roots[i]! ** 2 * value + at.gradient[i]!);
    const inner = Float64Array.from(times(b), (value, i) => at.roots[i]! * value);
    const solved = solve(at.cholesky, inner);
    const next = times(Float64Array.from(b, (value, i) => value - at.roots[i]! * solved[i]!));
    const moved = Math.max(0, ...next.map((value, i) => Math.abs(value - mode[i]!)));
    mode = next;
    at = step(kernel, mode);
    if (moved < CONVERGED) break;
  }
  return { duels, ...at };
}

/** Every label is +1, for differences point to what was preferred. */
function step(kernel: readonly Float64Array[], mode: Float64Array): Omit<Taste, "duels"> {
  const p = mode.map(sigmoid);
  const roots = p.map((value) => Math.sqrt(value * (1 - value)));
  const b = kernel.map((row, i) => row.map((value, k) => (i === k ? 1 : 0) + roots[i]! * value * roots[k]!));
  return { gradient: p.map((value) => 1 - value), roots, cholesky: factor(b) };
}

/** Of a symmetric positive definite matrix. */
function factor(matrix: readonly Float64Array[]): Float64Array[] {
  const lower: Float64Array[] = [];
  for (const [i, row] of matrix.entries()) {
    const own = new Float64Array(i + 1);
    for (let k = 0; k <= i; k++) {
      let sum = row[k]!;
      for (let m = 0; m < k; m++) sum -= own[m]! * (k === i ? own[m]! : lower[k]![m]!);
      own[k] = k === i ? Math.sqrt(sum) : sum / lower[k]![k]!;
    }
    lower.push(own);
  }
  return lower;
}

function forward(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const out = new Float64Array(right.length);
  for (const [i, row] of lower.entries()) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= row[k]! * out[k]!;
    out[i] = sum / row[i]!;
  }
  return out;
}

/** (L L^T) x = right. */
function solve(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const half = forward(lower, right);
  const out = new Float64Array(right.length);
  for (let i = right.length - 1; i >= 0; i--) {
    let sum = half[i]!;
    for (let k = i + 1; k < right.length; k++) sum -= lower[k]![i]! * out[k]!;
    out[i] = sum / lower[i]![i]!;
  }
  return out;
}

export interface Belief {
  readonly mean: number;
  readonly variance: number;
}

/** Of how much more the first is liked than the second, where `difference` is of their features. */
export function believe({ duels, gradient, roots, cholesky }: Taste, difference: Float64Array): Belief {
  const own = dot(difference, difference);
  if (duels.length === 0) return { mean: 0, variance: own };
  const shared = Float64Array.from(duels, (duel) => dot(duel.difference, difference));
  const v = forward(
    cholesky,
    Float64Array.from(shared, (value, i) => roots[i]! * value),
  );
  return { mean: dot(shared, gradient), variance: Math.max(0, own - dot(v, v)) };
}

/** The chance that the first is preferred, its own uncertainty counted in (MacKay 1992). */
export const chanceOf = ({ mean, variance }: Belief): number => sigmoid(mean / Math.sqrt(1 + (Math.PI * variance) / 8));

const entropy = (p: number): number => (p <= 0 || p >= 1 ? 0 : -p * Math.log2(p) - (1 - p) * Math.log2(1 - p));

/** The constant with which a Gaussian matches the logistic's entropy (Houlsby et al. 2011, "Bayesian active learning"). */
const C_SQUARED = (Math.PI * Math.log(2)) / 2;
const PROBIT = Math.PI / 8;

/** How much is learned, in bits, by asking: the answer's uncertainty less what of it is a person's own wavering. */
export function informationOf({ mean, variance }: Belief): number {
  // The formula is for a probit likelihood, to which a logistic one is scaled.
  const [m, v] = [mean * Math.sqrt(PROBIT), variance * PROBIT];
  const wavering = (Math.sqrt(C_SQUARED) / Math.sqrt(v + C_SQUARED)) * Math.exp(-(m ** 2) / (2 * (v + C_SQUARED)));
  return Math.max(0, entropy(chanceOf({ mean, variance })) - wavering);
}
