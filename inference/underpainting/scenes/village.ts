/** Gabled houses round a church, with lamps in their windows when it is dark. */
import type { Canvas } from "../canvas.ts";
import { mixRgb, WHITE } from "../palettes.ts";

interface House {
  /** Middle of its foot. */
  readonly x: number;
  readonly y: number;
  /** Half its width, in heights; a house is as tall as it is wide, a church tower three times. */
  readonly half: number;
  readonly tall: number;
}

/** On the ground below `hz`, where it was asked for. */
export function village(c: Canvas, hz: number): void {
  if (!c.shows("houses", 0)) return;
  const middle = c.across(0.3, 0.7);
  const count = Math.floor(c.between(7, 11));
  const houses = Array.from({ length: count }, (_, i): House => {
    const depth = i / (count - 1);
    const half = (0.022 + 0.03 * depth) * c.between(0.85, 1.2);
    const x = middle + c.between(-0.3, 0.3) * c.aspect * (0.5 + 0.5 * depth);
    return { x, y: hz + 0.14 + 0.2 * depth, half, tall: 1 };
  });
  houses.splice(2, 0, { x: middle, y: hz + 0.19, half: 0.02, tall: 4.2 });
  for (const house of houses) build(c, house);
}

function build(c: Canvas, { x, y, half, tall }: House): void {
  const { skyLow, light, far, near, accent } = c.roles;
  const wall = mixRgb(mixRgb(light, WHITE, 0.3), far, c.night ? 0.75 : 0.25 + 0.3 * c.random());
  const roof = mixRgb(accent, near, c.night ? 0.7 : 0.35 + 0.3 * c.random());
  const height = half * 1.5 * tall;
  const eaves = y - height;
  const peak = half * (tall > 1 ? 3 : 1.1);
  c.lay(
    (px, py) => c.edge(Math.min(half - Math.abs(px - x), py - eaves, y - py)),
    (px) => mixRgb(wall, near, px > x ? 0.28 : 0),
  );
  const gable = (px: number, py: number) =>
    c.edge(Math.min(half * 1.2 * ((py - eaves + peak) / peak) - Math.abs(px - x), eaves - py));
  c.lay(gable, roof);
  const lamp = c.night || c.low ? mixRgb(light, WHITE, 0.2) : mixRgb(near, skyLow, 0.25);
  const size = half * 0.22;
  for (const side of [-0.45, 0.45]) {
    const pane = (px: number, py: number) =>
      c.edge(Math.min(size - Math.abs(px - x - side * half), size * 1.3 - Math.abs(py - eaves - half * 0.7)));
    c.lay(pane, lamp);
  }
}
