/**
 * A small linear canvas to lay colour on: planar RGB in [0, 1], distances in picture heights (y runs 0..1 downward,
 * x runs 0..aspect). All randomness comes from one seed, so that the same plan and seed give the same sketch.
 */
import { type Rgb, type Roles, rolesOf } from "./palettes.ts";

export type Field = Float32Array;
type At<T> = (x: number, y: number, i: number) => T;

/** Mulberry32 (T. Ettinger, public domain): enough for composing, and never used for latents. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const clamp01 = (value: number): number => Math.min(Math.max(value, 0), 1);
/** Hermite step: 0 at a, 1 at b; a may be the larger. */
export const smooth = (a: number, b: number, value: number): number => {
  const t = clamp01((value - a) / (b - a));
  return t * t * (3 - 2 * t);
};

export interface Look {
  readonly palette: string;
  readonly time: string;
  readonly extras: readonly string[];
}

export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly aspect: number;
  readonly rgb: Float32Array;
  readonly roles: Roles;
  readonly night: boolean;
  /** The sun or moon stands low. */
  readonly low: boolean;
  readonly #extras: ReadonlySet<string>;
  readonly random: () => number;

  constructor(width: number, height: number, { palette, time, extras, seed }: Look & { readonly seed: number }) {
    this.width = width;
    this.height = height;
    this.aspect = width / height;
    this.rgb = new Float32Array(width * height * 3);
    this.random = randomFrom(seed);
    this.roles = rolesOf(palette, time, this.random);
    this.night = time === "night" || time === "moonlight";
    this.low = time === "sunset" || time === "dawn";
    this.#extras = new Set(extras);
  }

  between = (a: number, b: number): number => a + (b - a) * this.random();
  /** A place between two shares of the width. */
  across = (a: number, b: number): number => this.between(a, b) * this.aspect;
  /** Asked for, or else by chance. */
  shows = (extra: string, chance: number): boolean => {
    const drawn = this.random() < chance;
    return this.#extras.has(extra) || drawn;
  };
  /** Anti-aliased inside of a shape, from the signed distance to its edge in heights (inside > 0). */
  edge = (distance: number): number => clamp01(distance * this.height + 0.5);

  /** Lays a colour as thick as `cover` says, 0..1. */
  lay(cover: At<number>, color: Rgb | At<Rgb>): void {
    const { rgb, width, height } = this;
    const plane = width * height;
    const colorAt = typeof color === "function" ? color : () => color;
    for (let row = 0, i = 0; row < height; row++) {
      const y = (row + 0.5) / height;
      for (let column = 0; column < width; column++, i++) {
        const x = (column + 0.5) / height;
        const k = clamp01(cover(x, y, i));
        if (k === 0) continue;
        const c = colorAt(x, y, i);
        rgb[i] = rgb[i]! + (c[0] - rgb[i]!) * k;
        rgb[i + plane] = rgb[i + plane]! + (c[1] - rgb[i + plane]!) * k;
        rgb[i + 2 * plane] = rgb[i + 2 * plane]! + (c[2] - rgb[i + 2 * plane]!) * k;
      }
    }
  }

  colorAt(x: number, y: number): Rgb {
    const column = Math.min(Math.max(Math.round(x * this.height - 0.5), 0), this.width - 1);
    const row = Math.min(Math.max(Math.round(y * this.height - 0.5), 0), this.height - 1);
    const i = row * this.width + column;
    const plane = this.width * this.height;
    return [this.rgb[i]!, this.rgb[i + plane]!, this.rgb[i + 2 * plane]!];
  }

  /** Fractal value noise (Perlin 1985's octaves over a smooth lattice), [height · width] in 0..1; cells per height. */
  noise(cellsY: number, cellsX: number, octaves = 3, gain = 0.5): Field {
    const { width, height } = this;
    const sum = new Float32Array(width * height);
    let amplitude = 1;
    let total = 0;
    for (let octave = 0; octave < octaves; octave++, amplitude *= gain) {
      const ny = Math.min(Math.round(cellsY * 2 ** octave), height / 2);
      const nx = Math.min(Math.round(cellsX * this.aspect * 2 ** octave), width / 2);
      const columns = Math.ceil(nx) + 2;
      const lattice = Float32Array.from({ length: columns * (Math.ceil(ny) + 2) }, this.random);
      for (let row = 0, i = 0; row < height; row++) {
        const v = (row / height) * ny;
        const y0 = Math.floor(v);
        const ty = smooth(0, 1, v - y0);
        for (let column = 0; column < width; column++, i++) {
          const u = (column / width) * nx;
          const x0 = Math.floor(u);
          const tx = smooth(0, 1, u - x0);
          const at = y0 * columns + x0;
          const top = lattice[at]! + (lattice[at + 1]! - lattice[at]!) * tx;
          const bottom = lattice[at + columns]! + (lattice[at + columns + 1]! - lattice[at + columns]!) * tx;
          sum[i] = sum[i]! + amplitude * (top + (bottom - top) * ty);
        }
      }
      total += amplitude;
    }
    return sum.map((value) => value / total);
  }

  /** A skyline: fractal noise along x only, as a function of x, in 0..1. `sharp` gives corners, for rock. */
  ridge(cells: number, octaves = 4, gain = 0.5, sharp = false): (x: number) => number {
    const layers = Array.from({ length: octaves }, (_, octave) => {
      const n = Math.max(1, Math.round(cells * this.aspect * 2 ** octave));
      return { n, amplitude: gain ** octave, knots: Float32Array.from({ length: n + 2 }, this.random) };
    });
    const total = layers.reduce((sum, { amplitude }) => sum + amplitude, 0);
    const line = Float32Array.from({ length: this.width }, (_, column) => {
      let sum = 0;
      for (const { n, amplitude, knots } of layers) {
        const u = (column / this.width) * n;
        const k = Math.floor(u);
        const t = sharp ? u - k : smooth(0, 1, u - k);
        sum += amplitude * (knots[k]! + (knots[k + 1]! - knots[k]!) * t);
      }
      return sum / total;
    });
    return this.#lookUp(line);
  }

  /** The same function, worked out once a column. */
  along(f: (x: number) => number): (x: number) => number {
    return this.#lookUp(Float32Array.from({ length: this.width }, (_, column) => f((column + 0.5) / this.height)));
  }

  #lookUp(line: Field): (x: number) => number {
    return (x) => line[Math.min(Math.max(Math.floor(x * this.height), 0), this.width - 1)]!;
  }

  /** A number in 0..1 that belongs to a cell, for windows and flowers. */
  dice(): (cell: number, k?: number) => number {
    const table = Float32Array.from({ length: 997 }, this.random);
    return (cell, k = 0) => table[(((cell * 31 + k * 173) % 997) + 997) % 997]!;
  }
}
