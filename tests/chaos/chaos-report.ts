export interface Chaos {
  /** Draws every moment and every victim: the same seed, the same plan. */
  readonly seed: number;
  /** Of each program whose bar is a hundred; a fifth of it where the bar is twenty. */
  readonly kills: number;
}

export interface ChaosReport {
  readonly holds: boolean;
  readonly [figure: string]: unknown;
}
