/** Pictures without ground: the cosmos, a flower seen close, and pure colour in motion. */
import { type Canvas, smooth } from "../canvas.ts";
import { mixRgb, type Rgb, WHITE } from "../palettes.ts";
import { stars } from "./sky.ts";

const dark = (color: Rgb, k: number): Rgb => [color[0] * k, color[1] * k, color[2] * k];

export function galaxy(c: Canvas): void {
  const { skyTop, light, far, mid, near, accent } = c.roles;
  const [ground, dust, grain, haze] = [c.noise(3, 3, 4), c.noise(3, 3, 5), c.noise(6, 6, 4), c.noise(14, 14, 4)];
  c.lay(
    () => 1,
    (_x, _y, i) =>
      mixRgb(
        mixRgb(dark(near, 0.5), dark(skyTop, 0.45), ground[i]!),
        dark(mid, 0.7),
        smooth(0.5, 0.75, dust[i]!) * 0.5,
      ),
  );
  stars(c, 0.8);
  const [cx, cy, turn, flat] = [c.across(0.4, 0.6), c.between(0.4, 0.6), c.between(0, 6.28), c.between(1, 1.9)];
  const arms = c.random() < 0.5 ? 2 : 3;
  const winding = c.between(2.2, 4) * (c.random() < 0.5 ? 1 : -1);
  const spiral = (x: number, y: number, i: number) => {
    const u = (x - cx) * Math.cos(turn) + (y - cy) * Math.sin(turn);
    const v = ((y - cy) * Math.cos(turn) - (x - cx) * Math.sin(turn)) * flat;
    const r = Math.hypot(u, v) + 1e-4;
    const wave = Math.cos(arms * (Math.atan2(v, u) + winding * Math.log(r * 4 + 0.05)) + (grain[i]! - 0.5) * 4);
    const density = smooth(-0.35, 1, wave) * Math.exp(-r / 0.17) * 1.5 * (0.45 + 1.1 * haze[i]!);
    return { r, wave, density };
  };
  c.lay(
    (x, y, i) => spiral(x, y, i).density,
    (x, y, i) => mixRgb(accent, far, smooth(0.05, 0.35, spiral(x, y, i).r)),
  );
  c.lay((x, y, i) => {
    const { density, wave } = spiral(x, y, i);
    return density * smooth(0.1, 0.8, wave) * 0.7;
  }, light);
  c.lay((x, y, i) => Math.exp(-((spiral(x, y, i).r / 0.055) ** 1.1)), mixRgb(light, WHITE, 0.5));
}

const redness = ([r, g, b]: Rgb): number => r - (g + b) / 2;

export function bloom(c: Canvas): void {
  const { skyLow, light, far, mid, near, accent } = c.roles;
  // Of a red and golden palette people expect the flower to be the red.
  const flower = redness(far) > redness(accent) ? far : accent;
  const ground = c.noise(3, 3, 3);
  c.lay(
    () => 1,
    (_x, _y, i) => mixRgb(mixRgb(mid, near, 0.5), far, smooth(0.3, 0.8, ground[i]!)),
  );
  for (const color of [skyLow, far, light, accent, mid, skyLow]) {
    const [x, y, r] = [c.across(0, 1), c.random(), c.between(0.03, 0.1)];
    c.lay((px, py) => c.edge((r - Math.hypot(px - x, py - y)) * 0.25) * 0.35, color);
  }
  const [cx, cy, size] = [c.across(0.42, 0.58), c.between(0.42, 0.58), c.between(0.34, 0.46)];
  const count = Math.floor(c.between(5, 11));
  const wobble = c.noise(4, 4, 3);
  for (let ring = 0; ring < 5; ring++) {
    const k = ring / 5;
    const turn = ring * 0.7 + c.between(0, 0.3);
    const petal = (x: number, y: number, i: number) => {
      const bend = (wobble[i]! - 0.5) * 0.12;
      const angle = ((Math.atan2(y - cy, x - cx) + bend * 4 + turn) * count) / 2;
      const fold = Math.abs(Math.cos(angle));
      const reach = size * (1 - 0.17 * ring) * (0.5 + 0.5 * fold ** 0.7 + bend * 0.5);
      const r = Math.hypot(x - cx, y - cy);
      return { r, reach, fold, q: Math.min(r / reach, 1) };
    };
    c.lay((x, y, i) => {
      const { r, reach } = petal(x, y, i);
      return c.edge((reach * 1.06 - r) * 0.3) * 0.35;
    }, near);
    const paint = (x: number, y: number, i: number) => {
      const { q, fold } = petal(x, y, i);
      const tip = smooth(0.25, 1, q) * (0.45 + 0.5 * k);
      const color = mixRgb(mixRgb(flower, near, 0.35 * (1 - k)), mixRgb(flower, light, 0.65), tip);
      return mixRgb(color, near, 0.35 * smooth(0.25, 0, fold) * q);
    };
    c.lay((x, y, i) => {
      const { r, reach } = petal(x, y, i);
      return c.edge(reach - r);
    }, paint);
  }
  const pollen = c.noise(44, 44, 2);
  const heart = size * 0.2;
  const inside = (x: number, y: number) => c.edge(heart - Math.hypot(x - cx, y - cy));
  c.lay(inside, (_x, _y, i) => mixRgb(mixRgb(near, mid, 0.4), light, smooth(0.56, 0.62, pollen[i]!)));
}

/** Noise warped by noise, coloured through the whole palette; sometimes with contour lines. */
export function flow(c: Canvas): void {
  const { skyLow, light, far, mid, near, accent } = c.roles;
  const ramp = [near, mid, far, accent, skyLow, light];
  const [pushX, pushY, field] = [c.noise(2, 2, 2), c.noise(2, 2, 2), c.noise(2.4, 2.4, 4, 0.45)];
  const strength = c.between(0.4, 0.9);
  const mirrored = (value: number, length: number) => {
    const turn = Math.abs(value) % (2 * length);
    return Math.min(Math.floor(turn < length ? turn : 2 * length - turn), length - 1);
  };
  const at = (x: number, y: number, i: number) => {
    const column = mirrored((x + (pushX[i]! - 0.5) * strength) * c.height, c.width);
    const row = mirrored((y + (pushY[i]! - 0.5) * strength) * c.height, c.height);
    return smooth(0.2, 0.8, field[row * c.width + column]!);
  };
  c.lay(
    () => 1,
    (x, y, i) => {
      const t = Math.min(at(x, y, i), 0.9999) * (ramp.length - 1);
      const k = Math.floor(t);
      return mixRgb(ramp[k]!, ramp[k + 1]!, smooth(0, 1, t - k));
    },
  );
  if (!c.shows("lines", 0.6)) return;
  const lines = c.between(14, 30) * Math.PI * 2;
  c.lay((x, y, i) => smooth(0.75, 0.95, Math.sin(at(x, y, i) * lines)) * 0.5, near);
}
