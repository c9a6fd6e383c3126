/** From a theme to what is painted: what was said, and where nothing was, what Aria chooses. */
import type { Theme } from "#contracts/theme.ts";
import { randomFrom } from "./canvas.ts";

export type Plan = Pick<Theme, "style" | "palette" | "time" | "extras"> & { readonly scene: string };

/** The same prompt gives the same plan, whatever the seed. `guess` is the scene of a theme that speaks of none. */
export const readPlan = ({ scene, style, palette, time, extras }: Theme, guess: string): Plan => ({
  scene: scene ?? guess,
  style,
  palette,
  time,
  extras,
});

/** What is chosen from where the theme says nothing; named twice, it comes twice as often. */
const OPEN_STYLES = ["oil", "oil", "impress", "watercolor", "clean", "pastel"];
const OPEN_PALETTES = ["natural", "natural", "serene", "tealorange", "lavender", "autumn", "tropic", "sunset"];
const OPEN_TIMES = ["day", "day", "sunset", "dawn"];
const OPEN_IN_THE_DARK = ["midnight", "lavender", "tealorange", "emerald"];
const OPEN_IN_BLACK = ["mono", "earth"];
/** Of a palette these keep hardly more than how light it is: of a pale one nothing is left. */
const IN_BLACK = new Set(["ink", "pencil", "woodcut"]);
const IN_THE_DARK = new Set(["moon", "aurora"]);
/** No sun shines on these: they have a time of day only where one is asked for. */
const TIMELESS = new Set(["flow", "mandala", "cells", "galaxy", "still", "geo", "bloom"]);
/** Another stream than the one the scene is composed from. */
const CHOICE_STREAM = 0x9e37_79b9;

export interface Decided extends Plan {
  readonly style: string;
  readonly palette: string;
  /** Empty for a scene without a sky. */
  readonly time: string;
}

/** The plan, its gaps filled by the seed's own choice: a candidate painted again alone is the same picture. */
export function decide(plan: Plan, seed: number): Decided {
  const random = randomFrom(seed ^ CHOICE_STREAM);
  const chance = { palette: random(), time: random(), style: random() };
  const choose = (kind: keyof typeof chance, names: readonly string[]) =>
    names[Math.floor(chance[kind] * names.length)] ?? "";
  const isDark = IN_THE_DARK.has(plan.scene);
  const style = plan.style ?? choose("style", OPEN_STYLES);
  return {
    ...plan,
    style,
    palette: plan.palette ?? choose("palette", openPalettes(isDark || plan.scene === "galaxy", style)),
    time: isDark ? "night" : (plan.time ?? (TIMELESS.has(plan.scene) ? "" : choose("time", OPEN_TIMES))),
  };
}

function openPalettes(isDark: boolean, style: string): readonly string[] {
  if (isDark) return OPEN_IN_THE_DARK;
  return IN_BLACK.has(style) ? OPEN_IN_BLACK : OPEN_PALETTES;
}

/** Whether the moon or the northern lights are the subject: their night is brighter than others. */
export const isMoonlit = ({ scene }: Decided): boolean => IN_THE_DARK.has(scene);
