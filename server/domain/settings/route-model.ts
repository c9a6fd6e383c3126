/** Which model paints, where nobody said: what it understands of the theme, and how its pictures were received. */
import type { ModelCard } from "#contracts/generation.ts";
import type { Theme } from "#contracts/theme.ts";
import { shareHeard } from "#server/domain/concept/critique.ts";
import { hear } from "#server/domain/concept/propose.ts";
import { asIfTried, choose, type Learned, posteriorsOf } from "#server/domain/learning/bandit.ts";
import type { Rng } from "#server/domain/seeds.ts";

export interface Candidate {
  readonly card: Pick<ModelCard, "id" | "state" | "strengths">;
  /** What it hears in the theme; one that was taught by everyday words hears them all, and no labels. */
  readonly heard: Theme;
  readonly knowsAllWords: boolean;
}

/** How well a model suits a theme counts as if it had been tried so often. */
const SUITS_TRIES = 3;
/** Of a model of everyday words: it understands most of a theme, and the more of it is among its strengths, the better. */
const EVERYDAY = 0.6;
const READY_BONUS = 0.1;

/** 0..1: how much of the theme it knows; one that has to be opened first is a little worse. */
export function suitability({ card, heard, knowsAllWords }: Candidate): number {
  const understood = knowsAllWords
    ? EVERYDAY + (1 - EVERYDAY) * strengthIn(heard.unheard, card.strengths)
    : knownOf(heard);
  return (1 - READY_BONUS) * understood + (card.state === "ready" ? READY_BONUS : 0);
}

/** The share of a theme that is heard; all of one that says nothing. */
function knownOf(theme: Theme): number {
  const share = shareHeard(theme);
  return share === 0 && theme.unheard.length === 0 ? 1 : share;
}

/** The share of words that a model's strengths speak of. */
function strengthIn(words: readonly string[], strengths: readonly string[]): number {
  const said = strengths.map((strength) => hear(strength, null).unheard);
  const isStrong = (word: string) => said.some((theirs) => theirs.includes(word));
  return words.length === 0 ? 0 : words.filter(isStrong).length / words.length;
}

export function posteriorsOfModels(candidates: readonly Candidate[], { here, everywhere }: Learned) {
  const ids = candidates.map(({ card }) => card.id);
  return posteriorsOf(ids, here, everywhere).map((posterior, i) =>
    asIfTried(posterior, SUITS_TRIES, suitability(candidates[i]!)),
  );
}

/** Throws RangeError where there is none. */
export function route<C extends Candidate>(candidates: readonly C[], learned: Learned, rng: Rng): C {
  const id = choose(posteriorsOfModels(candidates, learned), rng, learned.policy);
  return candidates.find(({ card }) => card.id === id)!;
}
