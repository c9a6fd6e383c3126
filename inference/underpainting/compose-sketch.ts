/**
 * The underpainting: what Aria decided, as a small colour sketch, before a single step of diffusion. Scenes are laid out
 * in the roles of a palette, after the renderer the built-in painter learned from (training/). Composed at most
 * 256 px high and enlarged: it is painted over anyway.
 */
import { Canvas, clamp01 } from "./canvas.ts";
import { type Decided, isMoonlit } from "./read-plan.ts";
import { balloons, dunes, meadow, mountains, rollingHills, tree } from "./scenes/land.ts";
import { aurora, city, moonlight } from "./scenes/light.ts";
import { cells, geo, mandala } from "./scenes/pattern.ts";
import { bloom, flow, galaxy } from "./scenes/reverie.ts";
import { veil } from "./scenes/sky.ts";
import { still } from "./scenes/still.ts";
import { islands, lake, ocean, waves } from "./scenes/water.ts";
import { forest, trunks } from "./scenes/wood.ts";

/** By the names of the built-in painter's label heads. */
const SCENES: Readonly<Record<string, (canvas: Canvas) => void>> = {
  mountains,
  lake,
  ocean,
  waves,
  forest,
  trunks,
  dunes,
  city,
  meadow,
  hills: rollingHills,
  moon: moonlight,
  aurora,
  islands,
  flow,
  mandala,
  cells,
  galaxy,
  still,
  geo,
  tree,
  bloom,
  balloons,
};
export const SCENE_NAMES = Object.keys(SCENES);
const COMPOSED_PX = 256;

/** [3, height, width] in [-1, 1]; the same for the same plan, seed and size. */
export function composeSketch(
  plan: Decided,
  { seed, widthPx, heightPx }: { seed: number; widthPx: number; heightPx: number },
): Float32Array {
  const shrink = Math.min(1, COMPOSED_PX / Math.min(widthPx, heightPx));
  const canvas = new Canvas(Math.round(widthPx * shrink), Math.round(heightPx * shrink), {
    palette: plan.palette,
    time: isMoonlit(plan) ? "moonlight" : plan.time,
    extras: plan.extras,
    seed,
  });
  (SCENES[plan.scene] ?? flow)(canvas);
  veil(canvas, plan.time);
  return enlarge(canvas, widthPx, heightPx);
}

/** Bilinear, half-pixel centres, [0, 1] to [-1, 1]. No closure in the loops: each would cost more than the sums. */
function enlarge({ rgb, width, height }: Canvas, widthPx: number, heightPx: number): Float32Array {
  const out = new Float32Array(3 * widthPx * heightPx);
  const plane = width * height;
  const columns = Float64Array.from({ length: widthPx }, (_, column) =>
    Math.min(Math.max((column + 0.5) * (width / widthPx) - 0.5, 0), width - 1),
  );
  for (let channel = 0, i = 0; channel < 3; channel++) {
    for (let row = 0; row < heightPx; row++) {
      const v = Math.min(Math.max((row + 0.5) * (height / heightPx) - 0.5, 0), height - 1);
      const y0 = Math.floor(v);
      const upper = channel * plane + y0 * width;
      const lower = channel * plane + Math.min(y0 + 1, height - 1) * width;
      for (let column = 0; column < widthPx; column++, i++) {
        const u = columns[column]!;
        const x0 = Math.floor(u);
        const x1 = Math.min(x0 + 1, width - 1);
        const top = rgb[upper + x0]! + (rgb[upper + x1]! - rgb[upper + x0]!) * (u - x0);
        const bottom = rgb[lower + x0]! + (rgb[lower + x1]! - rgb[lower + x0]!) * (u - x0);
        out[i] = clamp01(top + (bottom - top) * (v - y0)) * 2 - 1;
      }
    }
  }
  return out;
}
