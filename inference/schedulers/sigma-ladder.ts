/** The noise levels between the first and the last, and the timestep that belongs to a noise level. */

/** Karras et al. 2022 (arXiv:2206.00364), eq. 5, ρ = 7: `count` levels from `first` down to `last`. */
const RHO = 7;

export interface LadderKind {
  readonly use_karras_sigmas: boolean;
  readonly use_exponential_sigmas: boolean;
}

/** Null where the levels are simply those of the visited timesteps. */
export function sigmaLadder(kind: LadderKind, first: number, last: number, count: number): number[] | null {
  const share = (i: number) => i / Math.max(count - 1, 1);
  if (kind.use_karras_sigmas) {
    const [from, to] = [first ** (1 / RHO), last ** (1 / RHO)];
    return Array.from({ length: count }, (_, i) => (from + share(i) * (to - from)) ** RHO);
  }
  if (kind.use_exponential_sigmas) {
    const [from, to] = [Math.log(first), Math.log(last)];
    return Array.from({ length: count }, (_, i) => Math.exp(from + share(i) * (to - from)));
  }
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
