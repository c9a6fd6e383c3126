/** A white tower on a headland that falls to the water on its inner side; lamp glow, and a beam over the sea. */
import { type Canvas, smooth } from "../canvas.ts";
import { mixRgb, type Rgb, WHITE } from "../palettes.ts";

interface Site {
  /** Where (u, v) are tower heights from its foot; u grows outward, away from the middle of the picture. */
  readonly local: (x: number, y: number) => { readonly u: number; readonly v: number };
  /** Height of the tower without its roof, in picture heights. */
  readonly scale: number;
}

export function lighthouse(c: Canvas, hz: number): void {
  if (!c.shows("lighthouse", 0)) return;
  const side = c.random() < 0.5 ? 1 : -1;
  const x0 = c.aspect / 2 + side * c.between(0.14, 0.28) * c.aspect;
  const scale = Math.min(c.between(0.34, 0.46), (hz + 0.02) / 1.3);
  const y0 = hz + c.between(0, 0.05);
  const site = { scale, local: (x: number, y: number) => ({ u: ((x - x0) / scale) * side, v: (y - y0) / scale }) };
  headland(c, site);
  tower(c, site);
  lamp(c, site);
}

function headland(c: Canvas, { local, scale }: Site): void {
  const { light, mid, near } = c.roles;
  const [rough, foot] = [c.ridge(9, 4, 0.6), c.ridge(16, 3)];
  const [texture, spray] = [c.noise(26, 12, 4), c.noise(40, 20, 2)];
  const top = (u: number, x: number) =>
    -0.02 - 0.14 * smooth(0.1, 0.9, u) + 0.34 * smooth(-0.12, -0.62, u) + 0.1 * (rough(x) - 0.5);
  const base = (u: number, x: number) => 0.22 + 0.14 * smooth(-0.5, 0.6, u) + 0.05 * (foot(x) - 0.5);
  const rock = (x: number, y: number, i: number): Rgb => {
    const { u, v } = local(x, y);
    const t = smooth(0.42, 0.62, texture[i]!);
    return mixRgb(mixRgb(near, mid, 0.45 * t), light, 0.3 * Math.exp(-Math.max(v - top(u, x), 0) / 0.05) * t);
  };
  const inside = (x: number, y: number) => {
    const { u, v } = local(x, y);
    return c.edge(scale * Math.min(v - top(u, x), base(u, x) - v));
  };
  const foam = (x: number, y: number, i: number) => {
    const { u, v } = local(x, y);
    if (v <= top(u, x)) return 0;
    return Math.exp(-(((v - base(u, x)) / 0.035) ** 2)) * smooth(0.4, 0.6, spray[i]!) * 0.85;
  };
  c.lay(inside, rock);
  c.lay(foam, mixRgb(light, WHITE, 0.6));
}

function tower(c: Canvas, { local, scale }: Site): void {
  const { light, mid, accent } = c.roles;
  const banded = c.random() < 0.6;
  const pale = mixRgb(light, WHITE, 0.6);
  const halfWidth = (v: number) => 0.085 - 0.03 * Math.min(Math.max(-v, 0), 1.2);
  const inside = (x: number, y: number) => {
    const { u, v } = local(x, y);
    return c.edge(scale * Math.min(halfWidth(v) - Math.abs(u), v + 0.98, 0.03 - v));
  };
  const wall = (x: number, y: number) => {
    const { u, v } = local(x, y);
    const shaded = mixRgb(pale, mid, smooth(-0.6, 0.9, u / halfWidth(v)) * 0.55);
    return banded && Math.floor(v * 5) % 2 === 0 ? mixRgb(shaded, accent, 0.8) : shaded;
  };
  c.lay(inside, wall);
}

function lamp(c: Canvas, { local, scale }: Site): void {
  const { light, near } = c.roles;
  const bright = mixRgb(light, WHITE, 0.5);
  const shine = (x: number, y: number) => {
    const { u, v } = local(x, y);
    const [above, away] = [v + 1.05, Math.abs(u)];
    const glow = Math.exp(-Math.hypot(u, above) / 0.2) * 0.75;
    const spread = Math.abs(above - 0.14 * away) / (0.03 + 0.1 * away);
    const beam = u < 0 ? Math.exp(-(spread ** 2)) * Math.exp(-away / 1.3) : 0;
    return Math.min(glow + beam * 0.42, 0.9);
  };
  const part = (shape: (u: number, v: number) => number) => (x: number, y: number) => {
    const { u, v } = local(x, y);
    return c.edge(scale * shape(Math.abs(u), v));
  };
  c.lay(shine, bright);
  c.lay(
    part((u, v) => Math.min(0.05 - u, v + 1.12, -0.97 - v)),
    bright,
  );
  c.lay(
    part((u, v) => Math.min(0.085 - u, 0.016 - Math.abs(v + 0.975))),
    near,
  );
  c.lay(
    part((u, v) => Math.min(v + 1.25, -1.11 - v, (v + 1.26) * 0.55 - u)),
    near,
  );
}
