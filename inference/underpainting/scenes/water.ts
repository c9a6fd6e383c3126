/** Pictures of water, and what sails or stands by it. */
import { type Canvas, clamp01, smooth } from "../canvas.ts";
import { mixRgb, type Rgb, WHITE } from "../palettes.ts";
import { hills } from "./land.ts";
import { lighthouse } from "./lighthouse.ts";
import { birds, sky } from "./sky.ts";

function boat(c: Canvas, hz: number, chance: number): void {
  if (!c.shows("boat", chance)) return;
  const { light, near, accent } = c.roles;
  const [bx, by, s] = [c.across(0.2, 0.8), hz + c.between(0.03, 0.16), c.between(0.05, 0.1)];
  const shape = (inside: (u: number, v: number) => number) => (x: number, y: number) =>
    c.edge(s * inside((x - bx) / s, (y - by) / s));
  const reflection = shape((u, v) => Math.min(v - 0.28, 1.2 - v, 0.5 - Math.abs(u)));
  c.lay((x, y) => reflection(x, y) * 0.35, near);
  c.lay(
    shape((u, v) => Math.min(0.28 - v, v + 0.02, 0.75 - 0.9 * Math.max(v, 0) - Math.abs(u))),
    near,
  );
  c.lay(
    shape((u, v) => Math.min(u - 0.05, -0.12 - v, (v + 1.7) * 0.5 - u)),
    mixRgb(light, WHITE, 0.5),
  );
  c.lay(
    shape((u, v) => Math.min(-0.03 - u, -0.12 - v, (v + 1.35) * 0.5 + u)),
    accent,
  );
}

/** Everything above the horizon again, upside down and rippled. */
export function reflect(c: Canvas, hz: number, dark = 0.25): void {
  const { skyTop, skyLow, light, mid } = c.roles;
  const [ripple, glint] = [c.noise(40, 4, 2), c.noise(44, 6, 2)];
  const deep = mixRgb(skyTop, mid, 0.5);
  c.lay(
    (_x, y) => c.edge(y - hz),
    (x, y, i) => {
      const below = y - hz;
      const shift = (ripple[i]! - 0.5) * 0.05 * (0.25 + below * 2);
      const mirrored = mixRgb(c.colorAt(x + shift, 2 * hz - y + shift * 0.6), deep, dark + 0.12 * below);
      const bright = mixRgb(mirrored, light, smooth(0.6, 0.72, glint[i]!) * 0.25);
      return mixRgb(bright, skyLow, Math.exp(-below / 0.012) * 0.35);
    },
  );
}

/** Of the middle distance and of the deep. Water takes the sky's colour, also where the land is green. */
const seaColors = ({ skyTop, mid, near }: Canvas["roles"]): readonly [middle: Rgb, deep: Rgb] => [
  mixRgb(mid, skyTop, 0.5),
  mixRgb(near, skyTop, 0.3),
];

/** Cells down and across, and between which depths below the horizon ripples of that grain belong. */
const GRAINS = [
  { cellsY: 110, cellsX: 18, from: -0.1, to: 0.12 },
  { cellsY: 44, cellsX: 9, from: 0.04, to: 0.3 },
  { cellsY: 26, cellsX: 4, from: 0.16, to: 0.6 },
] as const;

export function ocean(c: Canvas): void {
  const { skyLow, light, far } = c.roles;
  const [middle, deep] = seaColors(c.roles);
  const hz = c.between(0.36, 0.55);
  const sun = sky(c, hz);
  const grains = GRAINS.map((grain) => ({ ...grain, field: c.noise(grain.cellsY, grain.cellsX, 2) }));
  const glint = c.noise(70, 14, 2);
  const ripple = (below: number, i: number) =>
    grains.reduce((sum, { field, from, to }) => {
      const share = smooth(from - 0.06, from + 0.06, below) * smooth(to, from, below);
      return share === 0 ? sum : sum + (field[i]! - 0.5) * share;
    }, 0);
  const paint = (x: number, y: number, i: number): Rgb => {
    const below = Math.max(y - hz, 0);
    const swell = ripple(below, i);
    let sea = mixRgb(mixRgb(far, skyLow, 0.45), middle, smooth(0, 0.3, below));
    sea = mixRgb(sea, deep, smooth(0.12, 0.7, below) * 0.7);
    sea = mixRgb(sea, mixRgb(light, skyLow, 0.5), smooth(0.05, 0.26, swell) * 0.42);
    sea = mixRgb(sea, deep, smooth(0.05, 0.24, -swell) * 0.4);
    sea = mixRgb(sea, skyLow, Math.exp(-below / 0.03) * 0.35);
    if (!sun.shines) return sea;
    const path = Math.exp(-(((x - sun.x) / (0.03 + 0.28 * below)) ** 2));
    return mixRgb(sea, light, path * smooth(0.42, 0.6, glint[i]!) * 0.9);
  };
  c.lay((_x, y) => c.edge(y - hz), paint);
  birds(c);
  boat(c, hz, 0.25);
  lighthouse(c, hz);
}

export function waves(c: Canvas): void {
  const hz = c.between(0.26, 0.42);
  sky(c, hz, { sunChance: 0.5 });
  c.lay((_x, y) => c.edge(y - hz), mixRgb(c.roles.far, seaColors(c.roles)[0], 0.6));
  for (let rank = 1; rank <= 6; rank++) wave(c, hz, rank / 6);
  boat(c, hz, 0.15);
  lighthouse(c, hz + 0.06);
}

/** One swell from side to side, the nearest at k = 1: lit where it is thin, dark at its foot, foam on its crests. */
function wave(c: Canvas, hz: number, k: number): void {
  const { skyLow, light, far } = c.roles;
  const [middle, deep] = seaColors(c.roles);
  const white = mixRgb(light, WHITE, 0.7);
  const high = (0.03 + 0.2 * k) * c.between(0.6, 1.1);
  const line = c.ridge(4.2 - 2.6 * k, 3, 0.42);
  const crest = c.along((x) => clamp01((1 - Math.abs(2 * line(x) - 1)) * 1.15 - 0.15) ** 1.7);
  const top = c.along((x) => hz + (1.06 - hz) * k ** 1.2 * 0.92 - high * crest(x));
  const [streaks, froth] = [c.noise(34 - 18 * k, 12 - 6 * k, 3), c.noise(60, 60, 3)];
  const body = mixRgb(mixRgb(far, middle, Math.min(1, k * 1.5)), deep, Math.max(0, k - 0.4) * 0.9);
  const lit = mixRgb(skyLow, far, 0.45);
  const spray = (x: number, y: number, i: number) => {
    const above = top(x) - y;
    if (above <= 0 || above > 0.06) return 0;
    return smooth(0.5, 0.9, crest(x)) * smooth(0.55, 0.68, froth[i]!) * Math.exp(-above / (0.012 * k + 0.004)) * 0.5;
  };
  c.lay(spray, white);
  const paint = (x: number, y: number, i: number): Rgb => {
    const d = y - top(x);
    const low = Math.max(d, 0);
    const thin = Math.exp(-low / (0.02 + 0.06 * k)) * smooth(0.15, 0.8, crest(x));
    let water = mixRgb(mixRgb(body, lit, thin * 0.6), deep, smooth(0.02, 0.2 + 0.1 * k, low) * 0.45);
    const streak = smooth(0.62, 0.74, streaks[i]! + 0.12 * crest(x));
    water = mixRgb(water, white, streak * 0.45 * Math.exp(-low / (0.05 + 0.1 * k)));
    const cap = (0.001 + 0.06 * k * smooth(0.25, 0.95, crest(x))) * smooth(0.25, 0.7, froth[i]!);
    return mixRgb(water, white, c.edge(cap - d) * 0.92);
  };
  c.lay((x, y) => c.edge(y - top(x)), paint);
}

export function lake(c: Canvas): void {
  const hz = c.between(0.5, 0.64);
  sky(c, hz);
  hills(c, { hz: hz - 0.17, ranks: 3, amplitude: 0.34, cells: 2.2, bottom: hz + 0.12, mist: 0.6, rock: true });
  if (c.shows("pine", 0.6)) {
    const [pines, swell] = [c.ridge(60, 2, 0.7, true), c.ridge(4, 2)];
    c.lay((x, y) => c.edge(y - (hz - pines(x) * 0.05 - swell(x) * 0.02)), c.roles.near);
  }
  reflect(c, hz);
  boat(c, hz, 0.25);
  lighthouse(c, hz);
}

export function islands(c: Canvas): void {
  const { skyLow, light, far, mid, near } = c.roles;
  const hz = c.between(0.45, 0.58);
  sky(c, hz);
  for (let rank = 0; rank < 4; rank++) {
    const k = rank / 3;
    const [middle, wide, high] = [c.across(0, 1), c.between(0.1, 0.26) * (0.7 + 0.6 * k), c.between(0.07, 0.24)];
    const [rough, texture] = [c.ridge(9, 4, 0.6), c.noise(16, 16, 3)];
    const color = mixRgb(mixRgb(skyLow, far, 0.8), mixRgb(mid, near, 0.5), k);
    const top = (x: number) =>
      hz + 0.012 - high * Math.exp(-(Math.abs((x - middle) / wide) ** 2.2)) * (0.75 + 0.5 * rough(x));
    const paint = (x: number, y: number, i: number) =>
      mixRgb(mixRgb(color, near, smooth(0.45, 0.6, texture[i]!) * 0.35), light, 0.3 * smooth(0.06, 0, y - top(x)));
    c.lay((x, y) => c.edge(y - top(x)) * c.edge(hz - y), paint);
  }
  birds(c);
  reflect(c, hz, 0.35);
  boat(c, hz, 0.35);
  lighthouse(c, hz);
}
