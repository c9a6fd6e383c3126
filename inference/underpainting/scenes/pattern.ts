/** Pictures of nothing but shapes: a mandala, cells, geometry. */
import { type Canvas, smooth } from "../canvas.ts";
import { mixRgb, type Rgb, WHITE } from "../palettes.ts";

const TAU = Math.PI * 2;

export function mandala(c: Canvas): void {
  const { skyTop, skyLow, light, far, mid, near, accent } = c.roles;
  const folds = 2 * Math.floor(c.between(3, 9));
  const [radius, angles] = [new Float32Array(c.width * c.height), new Float32Array(c.width * c.height)];
  c.lay(
    () => 1,
    (x, y, i) => {
      radius[i] = Math.hypot(x - c.aspect / 2, y - 0.5);
      angles[i] = Math.atan2(y - 0.5, x - c.aspect / 2);
      return mixRgb(mixRgb(near, skyTop, 0.5), near, smooth(0, 0.7, radius[i]!));
    },
  );
  const reach = 0.47 * Math.min(c.aspect, 1);
  for (const [i, color] of [accent, far, skyLow, mid, light, skyTop, accent, far].entries()) {
    const k = 1 - i / 8;
    const [size, power, bead] = [reach * k * c.between(0.93, 1.05), c.between(0.5, 1.6), 0.03 * k * c.between(0.5, 1)];
    const count = folds * (i % 3 === 1 ? 2 : 1);
    const turn = i % 2 === 1 ? 0 : Math.PI / 2;
    const petal = (angle: number) => size * (0.72 + 0.28 * Math.abs(Math.cos((angle * count) / 2 + turn)) ** power);
    const lay = (inside: (r: number, angle: number) => number, paint: (r: number, angle: number) => Rgb) =>
      c.lay(
        (_x, _y, i) => (radius[i]! > size * 1.05 ? 0 : inside(radius[i]!, angles[i]!)),
        (_x, _y, i) => paint(radius[i]!, angles[i]!),
      );
    lay(
      (r, angle) => c.edge(petal(angle) + 0.006 - r) * 0.9,
      () => near,
    );
    lay(
      (r, angle) => c.edge(petal(angle) - r),
      (r, angle) => mixRgb(color, light, 0.35 * smooth(0.6, 1, r / petal(angle))),
    );
    lay(
      (r, angle) => c.edge(0.003 - Math.abs(r - petal(angle) * 0.86)) * 0.7,
      () => near,
    );
    const ring = size * 0.78;
    const beads = (r: number, angle: number) => {
      const place = (angle * count) / TAU + 0.25 * (i % 2);
      const away = ((place - Math.floor(place) - 0.5) / count) * TAU;
      return c.edge(bead - Math.hypot(r - ring, ring * away));
    };
    lay(beads, () => mixRgb(light, accent, i % 2 === 1 ? 0.6 : 0));
  }
}

/** Voronoi cells (Worley 1996): the two nearest of the points that lie one in each square. */
export function cells(c: Canvas): void {
  const { skyLow, light, far, mid, near, accent } = c.roles;
  const n = [5, 7, 9, 11][Math.floor(c.random() * 4)] ?? 7;
  const dice = c.dice();
  const nearest = (x: number, y: number) => {
    const [gx, gy] = [Math.floor(x * n), Math.floor(y * n)];
    let found = { f1: 9, f2: 9, id: 0, py: 0 };
    for (let a = -1; a <= 1; a++) {
      for (let b = -1; b <= 1; b++) {
        const id = (gy + a) * 61 + gx + b;
        const [px, py] = [gx + b + 0.04 + 0.92 * dice(id), gy + a + 0.04 + 0.92 * dice(id, 1)];
        const d = Math.hypot(x * n - px, y * n - py);
        if (d < found.f1) found = { f1: d, f2: found.f1, id, py };
        else if (d < found.f2) found.f2 = d;
      }
    }
    return found;
  };
  const ramp = [near, mid, accent, far, skyLow, light];
  const rings = c.shows("rings", 0.4);
  c.lay(
    () => 1,
    (x, y) => {
      const { f1, f2, id, py } = nearest(x, y);
      const t = Math.min(Math.max(0.65 * dice(id, 2) + 0.35 * (1 - py / n), 0), 0.9999) * (ramp.length - 1);
      const k = Math.floor(t);
      let color = mixRgb(ramp[k]!, ramp[k + 1]!, smooth(0, 1, t - k));
      color = mixRgb(mixRgb(color, light, 0.35 * smooth(0.5, 0, f1)), near, smooth(0.45, 0.9, f1) * 0.35);
      color = mixRgb(color, near, 1 - smooth(0.02, 0.06, f2 - f1));
      return rings ? mixRgb(color, light, smooth(0.6, 0.95, Math.sin(f1 * 40)) * 0.4) : color;
    },
  );
}

/** Signed distance to each shape's edge in heights, inside positive; (u, v) are turned, r is from the middle. */
const SHAPES: readonly ((s: number, u: number, v: number) => number)[] = [
  (s, u, v) => s - Math.hypot(u, v),
  (s, u, v) => Math.min(s - Math.hypot(u, v), v),
  (s, u, v) => s * 0.18 - Math.abs(Math.hypot(u, v) - s * 0.8),
  (s, u, v) => Math.min(s - Math.abs(u), s * 0.45 - Math.abs(v)),
  (s, u, v) => Math.min(v + s * 0.6, s * 0.8 - 1.13 * Math.abs(u) - v * 0.5),
  (s, u, v) => Math.min(s * 2.2 - Math.abs(u), 0.006 - Math.abs(v)),
];

export function geo(c: Canvas): void {
  const { skyTop, light, far, mid, near, accent } = c.roles;
  const grain = c.noise(40, 40, 2);
  const paper = mixRgb(light, WHITE, 0.35);
  c.lay(
    () => 1,
    (_x, _y, i) => paper.map((value) => value * (0.96 + 0.04 * grain[i]!)) as unknown as Rgb,
  );
  const colors = [accent, near, mid, far, skyTop];
  const one = <T>(of: readonly T[]): T => of[Math.floor(c.random() * of.length)]!;
  for (let j = 0; j < 10; j++) {
    const [x, y, size] = [c.across(0.08, 0.92), c.between(0.08, 0.92), c.between(0.06, 0.26) * (1 - 0.04 * j)];
    const turn = c.between(0, TAU);
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const [shape, color, opacity] = [one(SHAPES), one(colors), c.random() < 0.5 ? 0.97 : 0.47];
    const inside = (px: number, py: number) =>
      shape(size, (px - x) * cos + (py - y) * sin, (py - y) * cos - (px - x) * sin);
    c.lay((px, py) => c.edge(inside(px, py)) * opacity, color);
  }
}
