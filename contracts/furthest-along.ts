import type { ModelCard } from "./generation.ts";

const STATES: readonly ModelCard["state"][] = ["ready", "warming", "loading", "cold", "failed"];

/** Of the cards of one model, as several engines or processes have it, the one that is nearest to painting; at least one is given. */
export const furthestAlong = (cards: readonly ModelCard[]): ModelCard =>
  cards.toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state))[0]!;
