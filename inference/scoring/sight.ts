/** What a model's scorer sees in a picture. */

/** By kind, the probability of each label in [0, 1]; under "quality", how much of each flaw there is, 0 to 1. */
export type Sight = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface Seen {
  readonly sight: Sight;
  /** Of unit length; pictures alike have a large dot product. */
  readonly embedding: Float32Array;
}
