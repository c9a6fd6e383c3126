import type { Scores } from "#contracts/generation.ts";

export interface PaintedCandidate {
  readonly seed: number;
  readonly png: Uint8Array;
  readonly scores: Scores;
}
