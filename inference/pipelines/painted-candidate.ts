export interface PaintedCandidate {
  readonly seed: number;
  /** The pixels, and nothing else yet. */
  readonly png: Uint8Array;
  /** The painter's own words for the prompt; the prompt itself where it has no lexicon. */
  readonly spoken: string;
}
