import { LABEL_KINDS, type Theme } from "#contracts/theme.ts";
import type { Sight } from "#inference/scoring/sight.ts";
import { type Critic, oneByOne } from "./critic.ts";

/** Mean probability of what the theme says of scene, style, palette and time; null where it says nothing of these. */
export function agreementOf(theme: Theme, sight: Sight): number | null {
  const seen = LABEL_KINDS.flatMap((kind) => {
    const label = theme[kind];
    const p = label === null ? undefined : sight[kind]?.[label];
    return p === undefined ? [] : [p];
  });
  return seen.length === 0 ? null : seen.reduce((sum, p) => sum + p, 0) / seen.length;
}

export const agreement: Critic = oneByOne(({ theme, seen }) => ({ agreement: seen && agreementOf(theme, seen.sight) }));
