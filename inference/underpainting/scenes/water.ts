/** Pictures of water, and what sails or stands by it. */
import { type Canvas, smooth } from "../canvas.ts";
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

export function ocean(c: Canvas): void {
  const { skyLow, light, far, mid, near } = c.roles;
  const hz = c.between(0.36, 0.55);
  const sun = sky(c, hz);
  const [phase, glint, speed] = [c.noise(6, 4, 3), c.noise(70, 14, 2), c.between(5, 9)];
  const paint = (x: number, y: number, i: number): Rgb => {
    const below = Math.max(y - hz, 0);
    let sea = mixRgb(mixRgb(far, skyLow, 0.45), mid, smooth(0, 0.35, below));
    sea = mixRgb(sea, near, smooth(0.15, 0.75, below) * 0.6);
    const wave = Math.sin(speed / (below + 0.06) + phase[i]! * 14);
    sea = mixRgb(mixRgb(sea, light, smooth(0.75, 1, wave) * 0.22), near, smooth(0.6, 1, -wave) * 0.25);
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
  const { skyLow, light, far, mid, near } = c.roles;
  const hz = c.between(0.26, 0.42);
  sky(c, hz, { sunChance: 0.5 });
  c.lay((_x, y) => c.edge(y - hz), mixRgb(far, mid, 0.5));
  const white = mixRgb(light, WHITE, 0.7);
  for (let rank = 0; rank < 6; rank++) {
    const k = (rank + 1) / 6;
    const high = 0.018 + 0.075 * k * c.between(0.5, 1);
    const frequency = c.between(1.2, 2.6) * (1.8 - k) * Math.PI * 2;
    const phase = c.between(0, Math.PI * 2);
    const [line, sway, froth] = [c.ridge(5, 3), c.noise(4, 8, 2), c.noise(40, 40, 2)];
    const crest = (x: number) => {
      const angle = x * frequency + phase + 0.8 * Math.sin(x * frequency * 0.5 + phase * 2);
      return (1 - Math.abs(Math.sin(angle / 2))) ** 1.1;
    };
    const top = (x: number) => hz + (1.02 - hz) * k ** 1.15 * 0.8 - high * crest(x) * 1.7 + 0.02 * (line(x) - 0.5);
    const color = mixRgb(mixRgb(far, mid, Math.min(1, k * 1.4)), near, Math.max(0, k - 0.45) * 1.1);
    const paint = (x: number, y: number, i: number): Rgb => {
      const d = Math.max(y - top(x), 0);
      const streak = 0.5 + 0.5 * Math.sin(d * (110 - 50 * k) + 3 * sway[i]!);
      const lit = mixRgb(color, light, 0.28 * streak * Math.exp(-d / 0.09));
      const rim = mixRgb(lit, skyLow, Math.exp(-d / 0.035) * 0.35);
      return mixRgb(rim, white, c.edge(0.006 + 0.044 * k * crest(x) * froth[i]! - d));
    };
    c.lay((x, y) => c.edge(y - top(x)), paint);
  }
  boat(c, hz, 0.15);
  lighthouse(c, hz + 0.06);
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
