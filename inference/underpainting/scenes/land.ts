/** Pictures that stand on the ground. */
import { type Canvas, clamp01, smooth } from "../canvas.ts";
import { mixRgb, type Rgb, WHITE } from "../palettes.ts";
import { atDepth, birds, sky } from "./sky.ts";
import { village } from "./village.ts";

interface Range {
  readonly hz: number;
  readonly ranks: number;
  readonly amplitude: number;
  readonly cells: number;
  readonly bottom: number;
  readonly mist: number;
  /** Rock, with lit and shaded faces and perhaps snow. */
  readonly rock: boolean;
}

/** Ranks of hills or mountains, from the far one to the near one, with mist between them. */
export function hills(c: Canvas, { hz, ranks, amplitude, cells, bottom, mist, rock }: Range): void {
  const { skyLow, light, far, near } = c.roles;
  const snows = rock && c.shows("snow", 0.5);
  for (let rank = 0; rank < ranks; rank++) {
    const k = rank / Math.max(ranks - 1, 1);
    const base = hz + (bottom - hz) * k ** 1.25 * 0.72;
    const ridge = c.ridge(cells * (1 + 0.6 * k), 5, 0.48, rock);
    const faces = c.ridge(7 * (1 + k), 3, 0.6, true);
    const texture = c.noise(10, 10, 3);
    const snowline = c.noise(8, 26, 3);
    const color = atDepth(c, k);
    const haze = mixRgb(skyLow, far, 0.3);
    const snow = mixRgb(light, WHITE, 0.6);
    const top = (x: number) => base + amplitude * (1 - 0.45 * k) * (0.8 - ridge(x) * 1.6);
    const paint = (x: number, y: number, i: number): Rgb => {
      const h = top(x);
      const d = y - h;
      const t = texture[i]! - 0.5;
      let lit = mixRgb(color, light, rock ? Math.max(t * 0.4, 0) : 0.18 * Math.exp(-d / 0.05) * (1 - 0.5 * k));
      const shade = rock ? smooth(-0.05, 0.05, (faces(x) - 0.5) * 0.6 + t * 0.8) : 0;
      lit = mixRgb(lit, near, 0.22 * shade);
      if (snows && k < 0.6) {
        const depth = 0.035 + 0.3 * (snowline[i]! - 0.5) + 0.35 * Math.max(0.04 - (h - base) - amplitude * 0.1, 0);
        lit = mixRgb(lit, snow, c.edge((depth - d) * 0.7) * (0.95 - 0.35 * shade));
      }
      return mixRgb(lit, haze, smooth(0, 0.22, d) * mist * (1 - k));
    };
    c.lay((x, y) => c.edge(y - top(x)), paint);
  }
}

export function mountains(c: Canvas): void {
  const hz = c.between(0.38, 0.55);
  sky(c, hz + 0.1);
  hills(c, { hz, ranks: 5, amplitude: 0.42, cells: 2.2, bottom: 1, mist: 0.75, rock: true });
  birds(c);
}

export function rollingHills(c: Canvas): void {
  const hz = c.between(0.34, 0.5);
  sky(c, hz);
  hills(c, { hz, ranks: 5, amplitude: 0.18, cells: 1.6, bottom: 1, mist: 0.25, rock: false });
  if (c.shows("path", 0.6)) {
    const { skyLow, light } = c.roles;
    const [start, sway, phase] = [c.across(0.35, 0.65), c.between(0.1, 0.2), c.between(0, 6)];
    const cover = (x: number, y: number) => {
      const t = y - hz - 0.12;
      if (t <= 0) return 0;
      const middle = start + (sway + 0.2 * t) * Math.sin(11 * t ** 0.7 + phase);
      return c.edge(0.008 + 0.16 * t ** 1.6 - Math.abs(x - middle)) * 0.95;
    };
    c.lay(cover, mixRgb(skyLow, light, 0.6));
  }
  village(c, hz);
  birds(c);
}

export function dunes(c: Canvas): void {
  const { skyLow, light, far, mid, near, accent } = c.roles;
  const hz = c.between(0.35, 0.55);
  sky(c, hz, { sunChance: 0.85 });
  for (let rank = 0; rank < 5; rank++) {
    const k = rank / 4;
    const line = c.ridge(1.3 + 0.8 * k, 2, 0.35);
    const crest = c.ridge(1.5, 2, 0.4);
    const ripple = c.noise(3, 3, 2);
    const top = (x: number) => hz + (1 - hz) * k * 0.75 + 0.16 * (0.6 + 0.6 * k) * (0.5 - line(x));
    const color = mixRgb(mixRgb(far, skyLow, 0.45 * (1 - k)), mixRgb(accent, mid, 0.5), 0.35 + 0.4 * k);
    const paint = (x: number, y: number, i: number): Rgb => {
      const d = y - top(x);
      const side = smooth(-0.02, 0.02, (x / c.aspect - 0.5) * 0.2 + (crest(x) - 0.5) * 0.5 + d * 1.2);
      const shaded = mixRgb(mixRgb(color, light, 0.45 - 0.15 * k), mixRgb(color, near, 0.3 + 0.3 * k), side * 0.85);
      const wave = smooth(0.2, 1, Math.sin((d * 90 + ripple[i]! * 9 + x * 7) * (1.6 - 0.8 * k)));
      return mixRgb(mixRgb(shaded, near, 0.1 * wave * k), light, 0.3 * Math.exp(-Math.max(d, 0) / 0.012));
    };
    c.lay((x, y) => c.edge(y - top(x)), paint);
  }
  birds(c, 0.2);
}

function grass(c: Canvas, y0: number): (x: number, y: number, i: number) => Rgb {
  const { light, far, mid, near } = c.roles;
  const blades = c.noise(16, 60, 3);
  const shine = c.noise(30, 70, 2);
  return (_x, y, i) => {
    const depth = smooth(0, 0.6, Math.max(y - y0, 0));
    const color = mixRgb(mixRgb(far, mid, 0.6), mixRgb(mid, near, 0.55), depth);
    return mixRgb(
      mixRgb(color, near, smooth(0.45, 0.62, blades[i]!) * 0.4),
      light,
      smooth(0.55, 0.7, shine[i]!) * 0.18,
    );
  };
}

export function meadow(c: Canvas): void {
  const hz = c.between(0.3, 0.52);
  sky(c, hz);
  hills(c, { hz: hz - 0.1, ranks: 2, amplitude: 0.12, cells: 2, bottom: hz + 0.1, mist: 0.5, rock: false });
  const line = c.ridge(2, 2);
  c.lay((x, y) => c.edge(y - hz - 0.02 * (line(x) - 0.5)), grass(c, hz));
  for (let row = 0; row < 9; row++) flowerRow(c, hz + 0.02, row / 8);
}

function flowerRow(c: Canvas, y0: number, k: number): void {
  const { skyLow, light, mid, near, accent } = c.roles;
  const size = 0.008 + 0.042 * k ** 1.6;
  const n = Math.max(3, Math.floor(0.42 / size));
  const rowY = y0 + (1.02 - y0) * k ** 1.35;
  const offset = c.random();
  const dice = c.dice();
  const colors = [accent, mixRgb(accent, light, 0.6), mixRgb(light, WHITE, 0.4), mixRgb(skyLow, accent, 0.5)];
  const flower = (x: number, y: number) => {
    const cell = Math.floor(x * n + offset);
    const dx = (x * n + offset - cell - 0.5 - 0.4 * (dice(cell) - 0.5)) / n;
    const dy = y - rowY - (dice(cell, 1) - 0.5) * size * 3;
    return { cell, dx, dy, radius: Math.hypot(dx, dy * 1.14) };
  };
  const near3 = (y: number) => Math.abs(y - rowY) < size * 5;
  c.lay(
    (x, y) => {
      if (!near3(y)) return 0;
      const { cell, dx, dy } = flower(x, y);
      return dice(cell, 4) < 0.75 && dy > 0 && dy < size * 2.6 ? c.edge(size * 0.09 - Math.abs(dx)) * 0.8 : 0;
    },
    mixRgb(mid, near, 0.6),
  );
  const petals = (x: number, y: number) => {
    if (!near3(y)) return 0;
    const { cell, dx, dy, radius } = flower(x, y);
    if (dice(cell, 4) >= 0.75) return 0;
    const angle = Math.atan2(dy, dx) * 5 + dice(cell, 2) * 6;
    return c.edge(size * (0.62 + 0.38 * Math.abs(Math.cos(angle))) - radius);
  };
  c.lay(petals, (x, y) => {
    const { cell, radius } = flower(x, y);
    const color = colors[Math.floor(dice(cell, 3) * 4)] ?? accent;
    const heart = c.edge(size * 0.24 - radius);
    return mixRgb(mixRgb(color, near, 0.22 * smooth(0.6, 0, radius / size)), mixRgb(light, near, 0.25), heart);
  });
}

export function tree(c: Canvas): void {
  const { light, mid, near, accent } = c.roles;
  const hz = c.between(0.66, 0.8);
  sky(c, hz);
  hills(c, { hz: hz - 0.06, ranks: 2, amplitude: 0.1, cells: 2, bottom: 1.05, mist: 0.4, rock: false });
  const green = grass(c, hz);
  const mound = (x: number) => hz + 0.05 - 0.06 * Math.exp(-(((x / c.aspect - 0.5) / 0.35) ** 2));
  c.lay(
    (x, y) => c.edge(y - mound(x)),
    (x, y, i) => mixRgb(green(x, y, i), near, 0.15),
  );
  const [tx, top, bend] = [c.across(0.38, 0.62), c.between(0.2, 0.34), c.between(0, 6)];
  const trunk = (x: number, y: number) => {
    const t = clamp01((hz + 0.01 - y) / (hz - 0.02 - top));
    const wide = 0.03 * (1 - 0.7 * t) + 0.03 * Math.exp(-t * 14);
    return y > top + 0.05 && y < hz + 0.015 ? c.edge(wide - Math.abs(x - tx - 0.03 * Math.sin(t * 3 + bend))) : 0;
  };
  c.lay(trunk, (x) => mixRgb(near, mid, smooth(0, -0.03, x - tx) * 0.4));
  const blooms = c.shows("bloom", 0.3);
  const ragged = c.noise(34, 34, 3);
  for (let j = 0; j < 16; j++) {
    const k = j / 15;
    const angle = c.between(0, Math.PI * 2);
    const r = Math.sqrt(c.random());
    const [bx, by, s] = [
      tx + Math.cos(angle) * r * 0.21,
      top + 0.06 + Math.sin(angle) * r * 0.14,
      c.between(0.055, 0.11),
    ];
    const leaf = blooms
      ? mixRgb(mixRgb(accent, light, 0.3 * k), near, 0.3 * (1 - k))
      : mixRgb(mixRgb(mid, near, 0.45 * (1 - k)), light, 0.12 * k);
    const distance = (x: number, y: number, i: number) =>
      Math.hypot(x - bx, (y - by) * 1.15) + (ragged[i]! - 0.5) * 0.09;
    c.lay(
      (x, y, i) => c.edge((s - distance(x, y, i)) * 0.5),
      (x, y) => mixRgb(leaf, light, 0.4 * smooth(0.02, -0.08, y - by + (x - bx) * 0.5) * k),
    );
  }
  birds(c);
}

/** Over hills; up to four of them, the smaller the farther. */
export function balloons(c: Canvas): void {
  const hz = c.between(0.68, 0.85);
  sky(c, hz);
  hills(c, { hz: hz - 0.12, ranks: 4, amplitude: 0.2, cells: 2.2, bottom: 1.05, mist: 0.6, rock: false });
  const { skyTop, skyLow, light, mid, accent } = c.roles;
  const pairs: readonly (readonly [Rgb, Rgb])[] = [
    [accent, light],
    [light, mid],
    [accent, skyLow],
    [skyLow, skyTop],
  ];
  const count = Math.floor(c.between(1, 5));
  for (const [j, colors] of pairs.slice(0, count).entries()) {
    balloon(c, {
      x: c.across(0.15, 0.85),
      y: c.between(0.16, 0.58),
      size: c.between(0.06, 0.13) * (1.3 - 0.15 * j),
      colors,
    });
  }
  birds(c, 0.2);
}

interface Balloon {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly colors: readonly [Rgb, Rgb];
}

function balloon(c: Canvas, { x, y, size, colors }: Balloon): void {
  const { light, near } = c.roles;
  const gores = Math.floor(c.between(4, 9));
  const part = (shape: (u: number, v: number) => number) => (px: number, py: number) =>
    c.edge(size * shape((px - x) / size, (py - y) / size));
  const envelope = part((u, v) =>
    v < 0.35 ? 1 - Math.hypot(u, v) : Math.min(0.94 - 0.72 * (v - 0.35) - Math.abs(u), 1.3 - v),
  );
  c.lay(envelope, (px, py) => {
    const [u, v] = [(px - x) / size, (py - y) / size];
    const q = Math.min(Math.max(u / Math.sqrt(Math.max(1 - v * v * 0.8, 0.15)), -1), 1);
    const cloth = Math.sin(Math.asin(q * 0.999) * gores) > 0 ? colors[0] : colors[1];
    const shaded = mixRgb(cloth, near, smooth(-0.2, 1, q) * 0.45);
    return mixRgb(shaded, light, smooth(0.6, 0, Math.hypot(u + 0.4, v + 0.4)) * 0.3);
  });
  c.lay(
    part((u, v) => Math.min(0.16 - Math.abs(u), v - 1.55, 1.85 - v)),
    near,
  );
  const ropes = part((u, v) => Math.min(0.02 - Math.abs(Math.abs(u) - 0.16 - 0.18 * (1.55 - v)), v - 1.25, 1.56 - v));
  c.lay((px, py) => ropes(px, py) * 0.8, near);
}
