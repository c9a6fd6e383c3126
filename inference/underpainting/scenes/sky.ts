/** What most pictures begin with: a sky with its light, and what flies in it. */
import { type Canvas, clamp01, smooth } from "../canvas.ts";
import { haze, luminance, mixRgb, type Rgb, WHITE } from "../palettes.ts";

export interface Sun {
  readonly x: number;
  readonly y: number;
  readonly shines: boolean;
}

export function stars(c: Canvas, density: number): void {
  const n = 34;
  const dice = c.dice();
  const color = mixRgb(WHITE, c.roles.light, 0.4);
  const cover = (x: number, y: number) => {
    const gx = Math.floor(x * n);
    const gy = Math.floor(y * n);
    const cell = gy * 131 + gx;
    if (dice(cell, 3) > density) return 0;
    const distance = Math.hypot(x * n - gx - 0.2 - 0.6 * dice(cell), y * n - gy - 0.2 - 0.6 * dice(cell, 1));
    return clamp01((0.05 + 0.16 * dice(cell, 2) ** 3 - distance) / 0.06 + 0.5);
  };
  c.lay(cover, color);
}

interface SkyOptions {
  readonly clouds?: boolean;
  readonly sunChance?: number;
}

/** Down to the horizon `hz`; gives the place of the sun or moon, for what reflects it. */
export function sky(c: Canvas, hz: number, { clouds = true, sunChance = 0.75 }: SkyOptions = {}): Sun {
  const { skyTop, skyLow, light } = c.roles;
  const power = c.between(0.8, 1.6);
  c.lay(
    () => 1,
    (_x, y) => mixRgb(skyTop, skyLow, clamp01(y / Math.max(hz, 0.15)) ** power),
  );
  if (c.night) stars(c, 0.5);
  if (clouds && c.shows("clouds", 0.5)) {
    const n = c.noise(5, 2, 5);
    const strength = c.night ? 0.3 : 0.75;
    c.lay((_x, _y, i) => smooth(0.46, 0.72, n[i]!) * strength, mixRgb(skyLow, light, 0.6));
  }
  const x = c.across(0.18, 0.82);
  const y = hz * (c.low ? c.between(0.75, 1) : c.between(0.2, 0.6));
  const radius = c.between(0.045, 0.11);
  // Where the light is low, what it comes from is seen.
  const shines = c.shows("sun", c.low || c.shows("moon", 0) ? 1 : sunChance);
  if (shines) {
    c.lay((px, py) => Math.exp(-((Math.hypot(px - x, py - y) / (radius * 2.6)) ** 1.2)) * 0.6, light);
    c.lay((px, py) => c.edge(radius - Math.hypot(px - x, py - y)), mixRgb(light, WHITE, 0.45));
  }
  return { x, y, shines };
}

export function birds(c: Canvas, chance = 0.25): void {
  if (!c.shows("birds", chance)) return;
  const cx = c.across(0.2, 0.8);
  const cy = c.between(0.12, 0.4);
  for (let k = 0; k < 5; k++) {
    const x = cx + c.between(-0.15, 0.15);
    const y = cy + c.between(-0.08, 0.08);
    const s = c.between(0.012, 0.026);
    const cover = (px: number, py: number) => {
      const u = Math.abs(px - x) / s;
      if (u >= 1) return 0;
      const wing = 0.9 * (u - 0.55) ** 2 - 0.35;
      return c.edge(s * (0.16 * Math.sqrt(1.2 - u) - Math.abs((py - y) / s - wing)));
    };
    c.lay(cover, c.roles.near);
  }
}

/**
 * Fog lies over everything, thickest far away; at dawn a thin mist lies low. Fog is three quarters as thick as the
 * renderer's own: what a sketch hides the painter does not find again, and in half of it nobody sees fog.
 */
export function veil(c: Canvas, time: string): void {
  if (time !== "fog" && time !== "dawn") return;
  const farAt = c.between(0.42, 0.58);
  const n = c.noise(5, 1.5, 3);
  const pale = haze(c.roles);
  const gray = luminance(pale);
  const thickness = (y: number, i: number) => {
    const depth = (y - farAt) / 0.3;
    const wisps = smooth(0.3, 0.7, n[i]!);
    return time === "fog"
      ? (0.09 + 0.3 * Math.exp(-(depth ** 2))) * (0.6 + 0.8 * wisps)
      : 0.5 * Math.exp(-((depth - 0.3) ** 2) * 9) * wisps;
  };
  c.lay((_x, y, i) => thickness(y, i), time === "fog" ? mixRgb(pale, [gray, gray, gray], 0.5) : pale);
}

/** A colour between the farthest haze (depth 0) and the foreground (1). */
export function atDepth(c: Canvas, depth: number): Rgb {
  const { skyLow, far, mid, near } = c.roles;
  return depth < 0.5
    ? mixRgb(mixRgb(skyLow, far, 0.75), mid, Math.min(1, 2 * depth))
    : mixRgb(mid, near, 2 * depth - 1);
}
