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
  const choose = (names: readonly string[]) => names[Math.floor(random() * names.length)] ?? "";
  const isDark = IN_THE_DARK.has(plan.scene);
  const open = {
    palette: choose(isDark || plan.scene === "galaxy" ? OPEN_IN_THE_DARK : OPEN_PALETTES),
    time: choose(OPEN_TIMES),
    style: choose(OPEN_STYLES),
  };
  return {
    ...plan,
    style: plan.style ?? open.style,
    palette: plan.palette ?? open.palette,
    time: isDark ? "night" : (plan.time ?? (TIMELESS.has(plan.scene) ? "" : open.time)),
  };
}

/** Whether the moon or the northern lights are the subject: their night is brighter than others. */
export const isMoonlit = ({ scene }: Decided): boolean => IN_THE_DARK.has(scene);
