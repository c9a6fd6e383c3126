/** The noise levels between the first and the last, and the timestep that belongs to a noise level. */
import { AriaError } from "#contracts/errors.ts";
import { betaQuantile } from "./beta-quantile.ts";

export interface LadderKind {
  readonly use_karras_sigmas: boolean;
  readonly use_exponential_sigmas: boolean;
  readonly use_beta_sigmas: boolean;
  readonly use_lu_lambdas?: boolean;
}

/** Karras et al. 2022 (arXiv:2206.00364), eq. 5. */
const RHO = 7;
/** Lee et al. 2024 (arXiv:2407.12173): both shapes of the beta distribution. */
const BETA_SHAPE = 0.6;

/** `count` levels from `first` down to `last`; null where the levels are simply those of the visited timesteps. */
export function sigmaLadder(kind: LadderKind, first: number, last: number, count: number): number[] | null {
  if (Number(kind.use_karras_sigmas) + Number(kind.use_exponential_sigmas) + Number(kind.use_beta_sigmas) > 1)
    throw new AriaError("INVALID", {
      field: "scheduler_config.use_karras_sigmas",
      reason: "excludes use_exponential_sigmas and use_beta_sigmas: only one of the three can be used",
    });
  const share = (i: number) => i / Math.max(count - 1, 1);
  const levels = (at: (i: number) => number) => Array.from({ length: count }, (_, i) => at(i));
  if (kind.use_karras_sigmas) {
    const [from, to] = [first ** (1 / RHO), last ** (1 / RHO)];
    return levels((i) => (from + share(i) * (to - from)) ** RHO);
  }
  if (kind.use_exponential_sigmas) {
    const [from, to] = [Math.log(first), Math.log(last)];
    return levels((i) => Math.exp(from + share(i) * (to - from)));
  }
  if (kind.use_lu_lambdas) {
    // Lu et al. 2022 (arXiv:2206.00927): even in λ. The same as exponential, from logs that are float32.
    const [from, to] = [Math.fround(Math.log(first)), Math.fround(Math.log(last))];
    return levels((i) => Math.exp(from + share(i) * (to - from)));
  }
  if (kind.use_beta_sigmas) return levels((i) => last + betaQuantile(1 - share(i), BETA_SHAPE) * (first - last));
  return null;
}

/** The level at a fractional timestep, linear between the table's entries. `table` is [train steps], rising. */
export function sigmaAt(table: Float32Array, timestep: number): number {
  const low = Math.min(Math.max(Math.floor(timestep), 0), table.length - 1);
  const high = Math.min(low + 1, table.length - 1);
  return table[low]! + (table[high]! - table[low]!) * (timestep - low);
}

/** The fractional timestep of a level: log-linear between the table's entries, held within them. */
export function timestepAt(table: Float32Array, sigma: number): number {
  const logs = table.map(Math.log);
  const wanted = Math.log(Math.max(sigma, 1e-10));
  const above = logs.findIndex((log) => log > wanted);
  const low = Math.min(Math.max((above < 0 ? logs.length : above) - 1, 0), logs.length - 2);
  const share = (logs[low]! - wanted) / (logs[low]! - logs[low + 1]!);
  return low + Math.min(Math.max(share, 0), 1);
}
