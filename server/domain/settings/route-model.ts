/** Which model paints, where nobody said: what it understands of the theme, and how its pictures were received. */
import type { ModelCard } from "#contracts/generation.ts";
import type { Theme } from "#contracts/theme.ts";
import { choose, type Learned, posteriorsOf, type Rng } from "#server/domain/learning/bandit.ts";

export interface Candidate {
  readonly card: ModelCard;
  /** What it hears in the theme; null for a model that was taught by everyday words. */
  readonly heard: Theme | null;
}

/** How well a model suits a theme counts as if it had been tried so often. */
const SUITS_TRIES = 3;
/** Of a model of everyday words: it understands most, and nobody measured what it is good at. */
const UNMEASURED = 0.7;
const READY_BONUS = 0.1;

/** 0..1: how much of the theme it knows; one that has to be opened first is a little worse. */
export function suitability({ card, heard }: Candidate): number {
  const known =
    heard && [heard.scene, heard.style, heard.palette, heard.time].filter(Boolean).length + heard.extras.length;
  const understood =
    heard === null
      ? UNMEASURED
      : (known ?? 0) === 0 && heard.unheard.length === 0
        ? 1
        : (known ?? 0) / ((known ?? 0) + heard.unheard.length);
  return (1 - READY_BONUS) * understood + (card.state === "ready" ? READY_BONUS : 0);
}

export function posteriorsOfModels(candidates: readonly Candidate[], { here, everywhere }: Learned) {
  const ids = candidates.map(({ card }) => card.id);
  return posteriorsOf(ids, here, everywhere).map((posterior, i) => {
    const suits = suitability(candidates[i]!);
    return {
      ...posterior,
      alpha: posterior.alpha + SUITS_TRIES * suits,
      beta: posterior.beta + SUITS_TRIES * (1 - suits),
    };
  });
}

/** Throws RangeError where there is none. */
export function route(candidates: readonly Candidate[], learned: Learned, rng: Rng): Candidate {
  const id = choose(posteriorsOfModels(candidates, learned), rng, learned.policy);
  return candidates.find(({ card }) => card.id === id)!;
}
