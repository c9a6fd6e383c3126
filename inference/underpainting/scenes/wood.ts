/** Among trees: firs around a clearing, and trunks seen from within. */
import { type Canvas, clamp01, smooth } from "../canvas.ts";
import { mixRgb, type Rgb, WHITE } from "../palettes.ts";
import { atDepth, birds, sky } from "./sky.ts";

/** Firs across the picture, from the farthest rank to the nearest. */
const FIRS = [24, 17, 12, 9, 6, 4] as const;

export function forest(c: Canvas): void {
  const { skyLow, light } = c.roles;
  const hz = c.between(0.5, 0.62);
  sky(c, hz + 0.15, { clouds: false, sunChance: 0.6 });
  const gap = c.across(0.3, 0.7);
  const glow = (x: number, y: number) => Math.exp(-(((x - gap) / 0.35) ** 2) - ((y - hz) / 0.28) ** 2) * 0.6;
  c.lay(glow, mixRgb(skyLow, light, 0.5));
  for (const [rank, firs] of FIRS.entries()) rankOfFirs(c, { hz, gap, firs, k: rank / (FIRS.length - 1) });
  if (c.shows("path", 0.3)) path(c, hz, gap);
  birds(c, 0.2);
}

interface Rank {
  readonly hz: number;
  /** Where the clearing is, in heights from the left. */
  readonly gap: number;
  readonly firs: number;
  /** 0 far, 1 near. */
  readonly k: number;
}

function rankOfFirs(c: Canvas, { hz, gap, firs, k }: Rank): void {
  const { skyLow, light, near } = c.roles;
  const offset = c.random();
  const line = c.ridge(3, 3);
  const dice = c.dice();
  const grain = c.noise(34, 34, 2);
  const ground = c.along((x) => hz + 0.04 + (0.92 - hz) * k ** 1.3 + 0.04 * (line(x) - 0.5));
  const height = 0.15 + 0.78 * k ** 1.5;
  /** Inside of a fir, 0..1; `rim` is where its branches catch the light of the clearing. */
  const rim = new Float32Array(c.width * c.height);
  const fir = (x: number, y: number, shift: number, i: number): number => {
    const cell = Math.floor(x * firs + offset + shift);
    const id = 2 * cell + 2 * shift;
    const tall = height * (0.5 + 0.6 * dice(id, 1));
    const t = (y - (ground(x) + 0.01 - tall)) / tall;
    const middle = (cell + 0.5 + 0.4 * (dice(id) - 0.5) - offset - shift) / firs;
    if (t <= 0 || t >= 1 || Math.abs(middle - gap) <= 0.04 + 0.3 * k ** 1.5 * (0.4 + dice(id, 3))) return 0;
    const away = Math.abs(x - middle);
    const half = tall * (0.17 + 0.06 * dice(id, 2));
    const turn = t * (8 + 5 * dice(id, 2)) - (0.9 * away) / half;
    const tier = turn - Math.floor(turn);
    const needles = t < 0.92 ? c.edge(half * Math.min(t, 0.9) * (0.5 + 0.5 * tier) - away) : 0;
    const inside = Math.max(needles, t > 0.85 ? c.edge(0.014 * tall - away) : 0);
    if ((gap - middle) * (x - middle) > 0) rim[i] = Math.max(rim[i]!, inside * smooth(0.1, 0.9, tier));
    return inside;
  };
  const color = atDepth(c, k);
  const haze = mixRgb(skyLow, light, 0.3);
  const cover = (x: number, y: number, i: number) => {
    const depth = y - ground(x);
    return depth < -1.1 * height ? 0 : Math.max(c.edge(depth), fir(x, y, 0, i), fir(x, y, 0.5, i));
  };
  c.lay(cover, (x, y, i) => {
    const dark = mixRgb(color, near, smooth(0.45, 0.7, grain[i]!) * 0.25 * k);
    const misty = 0.5 * (1 - k) * Math.exp(-(((x - gap) / 0.5) ** 2));
    return mixRgb(mixRgb(dark, light, rim[i]! * 0.22), haze, smooth(ground(x) - 0.06, ground(x) + 0.12, y) * misty);
  });
}

function path(c: Canvas, hz: number, gap: number): void {
  const { skyLow, light } = c.roles;
  const phase = c.between(0, 6);
  const cover = (x: number, y: number) => {
    const t = clamp01((y - hz - 0.06) / (0.94 - hz));
    if (t === 0) return 0;
    const bend = gap + 0.09 * Math.sin(5.5 * t ** 0.6 + phase) * (1 - 0.4 * t);
    return c.edge(0.004 + 0.13 * t ** 1.7 - Math.abs(x - bend)) * 0.75;
  };
  c.lay(cover, mixRgb(skyLow, light, 0.45));
}

export function trunks(c: Canvas): void {
  const { skyLow, light, far, accent } = c.roles;
  const backdrop = mixRgb(skyLow, light, 0.5);
  const [sunX, sunY] = [c.across(0.3, 0.7), c.between(0.2, 0.5)];
  const leaves = c.noise(14, 14, 4);
  c.lay(
    () => 1,
    (x, y, i) => {
      const open = mixRgb(backdrop, far, smooth(0.1, 0.9, y));
      const lit = mixRgb(open, light, Math.exp(-Math.hypot(x - sunX, y - sunY) / 0.25) * 0.8);
      return mixRgb(lit, accent, smooth(0.5, 0.6, leaves[i]!) * smooth(0.75, 0.1, y) * 0.55);
    },
  );
  const birch = c.shows("birch", 0.4);
  for (let rank = 0; rank < 4; rank++) rankOfTrunks(c, rank, birch);
}

function rankOfTrunks(c: Canvas, rank: number, birch: boolean): void {
  const { skyLow, light, far, mid, near, accent } = c.roles;
  const k = rank / 3;
  const n = Math.floor(15 - 9 * k);
  const offset = c.random();
  const dice = c.dice();
  const bars = c.noise(45, 6, 2);
  const at = (x: number, y: number) => {
    const u = x * n + offset + 0.12 * Math.sin(y * 4 + k);
    const cell = Math.floor(u);
    const wide = 0.1 + 0.13 * dice(cell, 1) * (0.6 + k * 0.5);
    return { cell, wide, fx: u - cell - 0.5 - 0.5 * (dice(cell) - 0.5) };
  };
  const trunk = (x: number, y: number) => {
    const { cell, wide, fx } = at(x, y);
    if (y > 0.62 + 0.12 * rank + 0.05 * dice(cell, 2)) return 0;
    return c.edge((wide * (1 + 0.25 * smooth(0.8, 1.1, y)) - Math.abs(fx)) / n);
  };
  const bark = mixRgb(mixRgb(skyLow, far, 0.7), near, k);
  const pale = mixRgb(mixRgb(light, WHITE, 0.3), far, 0.5 * (1 - k));
  c.lay(trunk, (x, y, i): Rgb => {
    const { wide, fx } = at(x, y);
    const white = mixRgb(pale, near, c.edge((bars[i]! - 0.62) * 0.05) * 0.85);
    const color = birch ? mixRgb(white, near, smooth(0, 1, (fx / wide) * 0.7) * 0.5) : bark;
    return mixRgb(color, near, smooth(0.1, 1, fx / wide) * 0.4);
  });
  const [line, litter] = [c.ridge(6, 4), c.noise(26, 26, 3)];
  const floor = mixRgb(far, mixRgb(mid, accent, 0.35), k * 0.8);
  c.lay(
    (x, y) => c.edge(y - (0.66 + 0.12 * rank + 0.03 * (line(x) - 0.5))),
    (_x, _y, i) => mixRgb(floor, near, smooth(0.42, 0.7, litter[i]!) * 0.5),
  );
  const foliage = c.noise(18 + 8 * rank, 18 + 8 * rank, 3);
  c.lay(
    (_x, y, i) => smooth(0.53, 0.58, foliage[i]!) * smooth(0.55 - 0.05 * rank, 0.05, y) * 0.85,
    mixRgb(accent, mid, k * 0.5),
  );
}
