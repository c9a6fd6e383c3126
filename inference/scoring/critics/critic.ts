/** One who says something of finished pictures. What each keeps to is in critic.test.ts. */
import type { Scores } from "#contracts/generation.ts";
import type { Theme } from "#contracts/theme.ts";
import type { Seen } from "#inference/scoring/sight.ts";

export interface Picture {
  /** Interleaved, 8 bits a channel. */
  readonly rgb: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface Shown {
  readonly picture: Picture;
  /** What was asked for. */
  readonly theme: Theme;
  /** Null where the model has no scorer. */
  readonly seen: Seen | null;
}

export interface Critic {
  /** Of all pictures at once, in their order; null is for what cannot be said of this one. */
  judge(shown: readonly Shown[]): Promise<Partial<Scores>[]>;
}

/** A critic who needs to see no other picture than the one. */
export const oneByOne = (judge: (shown: Shown) => Partial<Scores>): Critic => ({
  judge: async (shown) => shown.map(judge),
});
