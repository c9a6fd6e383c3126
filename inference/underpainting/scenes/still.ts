/** A table with a vase of flowers, or fruit, or both. */
import { type Canvas, clamp01, smooth } from "../canvas.ts";
import { mixRgb, type Rgb, WHITE } from "../palettes.ts";

export function still(c: Canvas): void {
  const { skyTop, skyLow, far, mid, near, accent } = c.roles;
  const table = c.between(0.62, 0.74);
  const [wall, grain] = [c.noise(3, 3, 3), c.noise(50, 3, 2)];
  c.lay(
    () => 1,
    (x, y, i) =>
      mixRgb(mixRgb(skyLow, far, smooth(-0.2, 1.2, Math.hypot(x - 0.2, y))), skyTop, 0.25 * smooth(0.4, 0.7, wall[i]!)),
  );
  const wood = mixRgb(mid, accent, 0.3);
  c.lay(
    (_x, y) => c.edge(y - table),
    (_x, y, i) => mixRgb(mixRgb(wood, near, smooth(0, 0.4, y - table) * 0.6), near, 0.2 * smooth(0.5, 0.6, grain[i]!)),
  );
  const flowers = c.shows("vase", 0.65);
  const fruit = c.shows("fruit", 0.6) || !flowers;
  if (flowers) vase(c, table);
  if (fruit) for (let j = 0; j < 5; j++) fruitAt(c, table, j);
}

function shadow(c: Canvas, at: { x: number; y: number; wide: number; high: number }): void {
  const cover = (x: number, y: number) => Math.exp(-(((x - at.x) / at.wide) ** 2) - ((y - at.y) / at.high) ** 2) * 0.6;
  c.lay(cover, c.roles.near);
}

function vase(c: Canvas, table: number): void {
  const { skyTop, skyLow, light, far, mid, near, accent } = c.roles;
  const [x, foot, tall, belly] = [
    c.across(0.36, 0.64),
    table + c.between(0.08, 0.15),
    c.between(0.24, 0.34),
    c.between(0.7, 1.5),
  ];
  const rim = foot - tall;
  shadow(c, { x: x + 0.06, y: foot, wide: 0.17, high: 0.03 });
  const blooms = [accent, light, skyLow, accent, far].flatMap((color) => [color, color]);
  const places = blooms.map((color, j) => ({
    color,
    petals: [5, 6, 8][j % 3] ?? 5,
    x: x + c.between(-0.21, 0.21),
    y: rim - c.between(0.02, 0.28),
    size: c.between(0.035, 0.07),
    turn: c.between(0, 6),
  }));
  const stem = mixRgb(mid, near, 0.5);
  for (const bloom of places) {
    const cover = (px: number, py: number) => {
      const t = (py - bloom.y) / (rim - bloom.y);
      return t > 0 && t < 1 ? c.edge(0.005 - Math.abs(px - bloom.x - (x - bloom.x) * t)) : 0;
    };
    c.lay(cover, stem);
  }
  for (const { color, petals, size, turn, ...at } of places) {
    const radius = (px: number, py: number) => Math.hypot(px - at.x, py - at.y);
    const reach = (px: number, py: number) => {
      const angle = Math.atan2(py - at.y, px - at.x);
      return size * (0.65 + 0.35 * Math.abs(Math.cos((angle * petals) / 2 + turn)));
    };
    c.lay((px, py) => c.edge(reach(px, py) + 0.004 - radius(px, py)) * 0.35, near);
    const petal = mixRgb(color, light, 0.15);
    c.lay(
      (px, py) => c.edge(reach(px, py) - radius(px, py)),
      (px, py) => mixRgb(petal, near, 0.25 * smooth(0.8, 0.1, radius(px, py) / size)),
    );
    c.lay((px, py) => c.edge(size * 0.25 - radius(px, py)), color === accent ? light : mixRgb(light, accent, 0.3));
  }
  const banded = c.random() < 0.5;
  const bands = Math.floor(c.between(6, 20)) * 2;
  const shape = (px: number, py: number) => {
    const t = (py - rim) / tall;
    const wide = 0.055 + 0.06 * Math.sin(Math.PI * clamp01(t) ** belly) + 0.02 * clamp01(1 - t) ** 6;
    return { t, wide, u: (px - x) / wide };
  };
  const glaze = mixRgb(skyTop, mid, 0.5);
  c.lay(
    (px, py) => {
      const { t, wide, u } = shape(px, py);
      return c.edge((1 - Math.abs(u)) * wide) * c.edge(t * tall) * c.edge((1 - t) * tall);
    },
    (px, py): Rgb => {
      const { t, u } = shape(px, py);
      const round = mixRgb(glaze, near, smooth(-0.1, 1.1, u) * 0.75);
      const lit = mixRgb(round, light, Math.exp(-(((u + 0.45) / 0.18) ** 2)) * 0.55);
      return banded ? mixRgb(lit, accent, smooth(0.6, 0.9, Math.sin(t * bands)) * 0.5) : lit;
    },
  );
}

function fruitAt(c: Canvas, table: number, j: number): void {
  const { skyLow, light, far, near, accent } = c.roles;
  const radius = c.between(0.05, 0.08);
  const [x, y] = [c.across(0.12, 0.88), table + c.between(0.05, 0.22) - radius * 0.4];
  shadow(c, { x: x + radius * 0.5, y: y + radius, wide: radius * 1.2, high: radius * 0.28 });
  const skin = mixRgb([accent, light, skyLow, accent, far][j] ?? accent, accent, 0.35);
  const dark = mixRgb(skin, near, 0.6);
  c.lay(
    (px, py) => c.edge(radius - Math.hypot(px - x, py - y)),
    (px, py) => {
      const [u, v] = [(px - x) / radius, (py - y) / radius];
      const lit = Math.min(Math.max(-0.5 * u - 0.6 * v + 0.62 * Math.sqrt(Math.max(1 - u * u - v * v, 0)), -0.2), 1);
      return mixRgb(mixRgb(dark, skin, smooth(-0.1, 0.5, lit)), WHITE, smooth(0.86, 1, lit) * 0.75);
    },
  );
}
