/** Pictures with a light of their own: a city, the moon, the northern lights. */

import { type Canvas, smooth } from "../canvas.ts";
import { mixRgb, type Rgb, WHITE } from "../palettes.ts";
import { hills } from "./land.ts";
import { sky, stars } from "./sky.ts";
import { reflect } from "./water.ts";

export function city(c: Canvas): void {
  const { skyLow, light, far, mid, near, accent } = c.roles;
  const hz = c.between(0.68, 0.84);
  sky(c, hz);
  for (let rank = 0; rank < 4; rank++) {
    const k = rank / 3;
    const n = Math.floor(15 - 6 * k);
    const [offset, tallest] = [c.random(), c.between(0.7, 1.05)];
    const dice = c.dice();
    const lamps = c.dice();
    const color = mixRgb(mixRgb(skyLow, far, 0.7), near, k);
    const place = (x: number) => {
      const u = x * n + offset;
      const cell = Math.floor(u);
      const tall = (0.5 - 0.22 * k) * (0.3 + 0.75 * dice(cell) ** 1.5) * tallest;
      return { cell, fx: u - cell, top: hz - tall + 0.03 * k };
    };
    const wall = (x: number, y: number) => {
      const { cell, fx, top } = place(x);
      const inset = 0.03 + 0.1 * dice(cell, 1);
      const body = Math.min(Math.min(fx - inset, 1 - inset - fx) / n, y - top);
      const step = Math.min(Math.min(fx - 0.3, 0.7 - fx) / n, y - (top - 0.05 * dice(cell, 2) - 0.015));
      const spire =
        dice(cell, 3) > 0.6 ? Math.min((0.03 - Math.abs(fx - 0.5)) / n, y - (top - 0.13 * dice(cell, 2))) : -1;
      return { body, all: Math.max(body, step, spire) };
    };
    const paint = (x: number, y: number): Rgb => {
      const { cell, fx } = place(x);
      const [wx, wy] = [(fx * 5) % 1, (y * 70) % 1];
      const window = cell * 7 + Math.floor(fx * 5) * 31 + Math.floor(y * 70) * 17;
      const glazed = wx > 0.25 && wx < 0.8 && wy > 0.3 && wy < 0.75 && wall(x, y).body > 0.008;
      const lit =
        glazed && lamps(window) < (c.night ? 0.6 : 0.25) ? (c.night ? 0.95 : 0.55) * smooth(0, 0.5, k + 0.25) : 0;
      const face = mixRgb(color, light, fx < 0.5 ? 0.12 : 0);
      const lamp = dice(cell, 2) > 0.75 ? mixRgb(light, accent, 0.6) : light;
      return mixRgb(mixRgb(face, lamp, lit), skyLow, smooth(0.2, 0, hz - y) * 0.35 * (1 - k));
    };
    c.lay((x, y) => c.edge(wall(x, y).all) * c.edge(hz + 0.04 * k - y), paint);
  }
  if (c.shows("reflect", 0.5)) {
    const ripple = c.noise(40, 4, 2);
    const water = mixRgb(c.roles.skyTop, mid, 0.5);
    const mirror = (x: number, y: number, i: number) =>
      mixRgb(c.colorAt(x, 2 * hz - y + (ripple[i]! - 0.5) * 0.05), water, 0.3);
    c.lay((_x, y) => c.edge(y - hz), mirror);
  } else
    c.lay(
      (_x, y) => c.edge(y - hz),
      (_x, y) => mixRgb(mixRgb(mid, near, 0.6), near, smooth(hz, 1, y)),
    );
}

export function moonlight(c: Canvas): void {
  const { skyTop, skyLow, light, far } = c.roles;
  c.lay(
    () => 1,
    (_x, y) => mixRgb(skyTop, skyLow, y ** 1.5 * 0.7),
  );
  stars(c, 0.6);
  const [radius, x, y] = [c.between(0.13, 0.24), c.across(0.28, 0.72), c.between(0.25, 0.45)];
  const away = (px: number, py: number) => Math.hypot(px - x, py - y);
  c.lay((px, py) => Math.exp(-Math.max(away(px, py) - radius, 0) / (radius * 0.7)) * 0.5, light);
  const seas = c.noise(9, 9, 4);
  const crescent = c.shows("crescent", 0.25);
  const shadow = (px: number, py: number) =>
    crescent ? c.edge(radius * 0.95 - Math.hypot(px - x - radius * 0.5, py - y + radius * 0.15)) : 0;
  c.lay(
    (px, py) => c.edge(radius - away(px, py)) * (1 - shadow(px, py)),
    (_x, _y, i) => mixRgb(mixRgb(light, WHITE, 0.6), far, smooth(0.45, 0.68, seas[i]!) * 0.55),
  );
  const clouds = c.noise(7, 2, 5);
  c.lay((_x, _y, i) => smooth(0.55, 0.72, clouds[i]!) * 0.5, mixRgb(far, skyTop, 0.4));
  hills(c, { hz: 0.72, ranks: 3, amplitude: 0.18, cells: 2, bottom: 1.05, mist: 0.5, rock: true });
}

export function aurora(c: Canvas): void {
  const { skyTop, skyLow, light, far, mid, near, accent } = c.roles;
  const dark = (color: Rgb, k: number): Rgb => [color[0] * k, color[1] * k, color[2] * k];
  c.lay(
    () => 1,
    (_x, y) => mixRgb(dark(skyTop, 0.35), dark(far, 0.55), y),
  );
  stars(c, 0.6);
  for (const color of [accent, far, skyLow, accent]) {
    const [middle, phase] = [c.between(0.3, 0.62), c.between(0, 6)];
    const [path, rays, width, length] = [c.ridge(2, 3), c.ridge(40, 2, 0.6), c.ridge(3, 2), c.ridge(5, 2)];
    const long = c.between(0.1, 0.3);
    const above = (x: number, y: number) =>
      middle + 0.22 * (path(x) - 0.5) + 0.03 * Math.sin((x / c.aspect) * 20 + phase) - y;
    const glow = (x: number, y: number) => {
      const d = above(x, y);
      const fall = d > 0 ? Math.exp(-d / (long * (0.5 + length(x)))) : Math.exp(d / 0.02);
      return Math.min(1.35 * fall * (0.35 + 0.65 * rays(x)) * (0.35 + 0.9 * width(x)), 1);
    };
    const curtain = mixRgb(color, light, 0.25);
    // Light upon light: what is there shines through (the screen blend).
    c.lay(glow, (x, y) => {
      const shine = mixRgb(curtain, mid, smooth(0, 0.3, above(x, y)) * 0.5);
      const under = c.colorAt(x, y);
      const screen = (k: 0 | 1 | 2) => 1 - (1 - under[k]) * (1 - shine[k]);
      return [screen(0), screen(1), screen(2)];
    });
  }
  const hz = c.between(0.68, 0.8);
  const line = c.ridge(3, 5, 0.5, true);
  const pines = c.ridge(50, 2, 0.8, true);
  c.lay((x, y) => c.edge(y - hz + 0.2 * (line(x) - 0.3)), dark(mixRgb(far, near, 0.6), 0.5));
  if (c.shows("reflect", 0.4)) reflect(c, hz + 0.1, 0.2);
  else c.lay((x, y) => c.edge(y - (hz + 0.14 - pines(x) * 0.1)), dark(near, 0.4));
}
