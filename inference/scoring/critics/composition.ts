/**
 * How a picture is laid out, 0 (poor) to 1 (good), without a model. What stands out is found by frequency-tuned saliency
 * (Achanta et al. 2009, CVPR): the distance of each place's colour to the mean colour. Taken on a coarse grid, for
 * composition is seen from afar.
 */
import { type Critic, oneByOne } from "./critic.ts";

const CELLS = 48;
/** The four points where thirds cross, as shares of a side; how far from one still counts. */
const THIRDS = [1 / 3, 2 / 3];
const THIRDS_REACH = 0.14;
/** Share of a picture that may be calm: less is restless, more is empty. */
const CALM = 0.55;
/** Luminance step between neighbouring cells below which a place is calm, 0..1. */
const CALM_STEP = 0.035;
const WEIGHTS = { balance: 0.3, anchor: 0.3, space: 0.2, harmony: 0.2 };

interface Grid {
  /** [CELLS * CELLS * 3], 0..1, the mean colour of each cell. */
  readonly rgb: Float32Array;
  /** [CELLS * CELLS], 0..1, Rec. 709. */
  readonly luma: Float32Array;
}

/** `rgb` is [heightPx, widthPx, 3] interleaved, 8 bits a channel. */
export function scoreComposition(rgb: Uint8Array, widthPx: number, heightPx: number): number {
  const grid = gridOf(rgb, widthPx, heightPx);
  const saliency = saliencyOf(grid.rgb);
  const parts = {
    balance: balanceOf(saliency),
    // A picture is anchored by thirds or by symmetry; hardly one by both.
    anchor: Math.max(thirdsOf(saliency), symmetryOf(grid.luma)),
    space: spaceOf(grid.luma),
    harmony: harmonyOf(grid.rgb),
  };
  return Object.entries(WEIGHTS).reduce((sum, [name, weight]) => sum + weight * parts[name as keyof typeof parts], 0);
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Means over cells, from every pixel. */
function gridOf(rgb: Uint8Array, widthPx: number, heightPx: number): Grid {
  const sums = new Float64Array(CELLS * CELLS * 3);
  const counts = new Uint32Array(CELLS * CELLS);
  for (let y = 0, k = 0; y < heightPx; y++) {
    const row = Math.floor((y * CELLS) / heightPx) * CELLS;
    for (let x = 0; x < widthPx; x++, k += 3) {
      const cell = row + Math.floor((x * CELLS) / widthPx);
      counts[cell]!++;
      sums[3 * cell]! += rgb[k]!;
      sums[3 * cell + 1]! += rgb[k + 1]!;
      sums[3 * cell + 2]! += rgb[k + 2]!;
    }
  }
  // A picture smaller than the grid leaves cells empty: these are black.
  const mean = Float32Array.from(sums, (sum, i) => sum / 255 / Math.max(1, counts[Math.floor(i / 3)]!));
  const luma = Float32Array.from(
    counts,
    (_, cell) => 0.2126 * mean[3 * cell]! + 0.7152 * mean[3 * cell + 1]! + 0.0722 * mean[3 * cell + 2]!,
  );
  return { rgb: mean, luma };
}

/** Summing to 1; even where nothing stands out. */
function saliencyOf(rgb: Float32Array): Float64Array {
  const cells = rgb.length / 3;
  const mean = [0, 1, 2].map((c) => {
    let sum = 0;
    for (let i = c; i < rgb.length; i += 3) sum += rgb[i]!;
    return sum / cells;
  });
  const far = Float64Array.from({ length: cells }, (_, cell) =>
    Math.hypot(...mean.map((value, c) => rgb[3 * cell + c]! - value)),
  );
  const total = far.reduce((sum, value) => sum + value, 0);
  return total < 1e-6 ? far.fill(1 / cells) : far.map((value) => value / total);
}

const at = (cell: number): readonly [x: number, y: number] => [
  ((cell % CELLS) + 0.5) / CELLS,
  (Math.floor(cell / CELLS) + 0.5) / CELLS,
];

/** 1 where what stands out weighs left as much as right; 0 where it all hangs on one edge. */
function balanceOf(saliency: Float64Array): number {
  const x = saliency.reduce((sum, share, cell) => sum + share * at(cell)[0], 0);
  return 1 - clamp(Math.abs(x - 0.5) * 2 * 2);
}

/** What stands out near the crossings of thirds, over what would stand there by chance; 1 at three times as much. */
function thirdsOf(saliency: Float64Array): number {
  const near = (cell: number): number => {
    const [x, y] = at(cell);
    const squares = THIRDS.flatMap((px) => THIRDS.map((py) => (x - px) ** 2 + (y - py) ** 2));
    return Math.exp(-Math.min(...squares) / (2 * THIRDS_REACH ** 2));
  };
  let [found, chance] = [0, 0];
  for (const [cell, share] of saliency.entries()) {
    found += share * near(cell);
    chance += near(cell) / saliency.length;
  }
  return clamp((found / chance - 0.5) / 2.5 + 0.2);
}

/** Correlation of the picture with its mirror image, left to right. */
function symmetryOf(luma: Float32Array): number {
  const mean = luma.reduce((sum, value) => sum + value, 0) / luma.length;
  let [product, squares] = [0, 0];
  for (let cell = 0; cell < luma.length; cell++) {
    const mirrored = cell - (cell % CELLS) + (CELLS - 1 - (cell % CELLS));
    product += (luma[cell]! - mean) * (luma[mirrored]! - mean);
    squares += (luma[cell]! - mean) ** 2;
  }
  return squares < 1e-6 ? 0 : clamp(product / squares);
}

/** Nearness of the calm share to a good one. */
function spaceOf(luma: Float32Array): number {
  let [calm, all] = [0, 0];
  for (let cell = 0; cell < luma.length - CELLS; cell++) {
    if (cell % CELLS === CELLS - 1) continue;
    const step = Math.max(Math.abs(luma[cell + 1]! - luma[cell]!), Math.abs(luma[cell + CELLS]! - luma[cell]!));
    all++;
    if (step < CALM_STEP) calm++;
  }
  return 1 - Math.abs(calm / all - CALM) / Math.max(CALM, 1 - CALM);
}

/**
 * How well its hues, weighted by their colourfulness, gather around one hue or two opposite ones; colourless pictures are
 * in harmony with themselves. Resultant lengths of the angles and of the doubled angles (Mardia 1972).
 */
function harmonyOf(rgb: Float32Array): number {
  const sums = [0, 0, 0, 0];
  let weights = 0;
  for (let i = 0; i < rgb.length; i += 3) {
    const [r, g, b] = [rgb[i]!, rgb[i + 1]!, rgb[i + 2]!];
    const [alpha, beta] = [r - (g + b) / 2, (Math.sqrt(3) / 2) * (g - b)];
    const chroma = Math.hypot(alpha, beta);
    const hue = Math.atan2(beta, alpha);
    for (const [k, multiple] of [1, 2].entries()) {
      sums[2 * k]! += chroma * Math.cos(multiple * hue);
      sums[2 * k + 1]! += chroma * Math.sin(multiple * hue);
    }
    weights += chroma;
  }
  if (weights / (rgb.length / 3) < 0.02) return 1;
  return Math.max(Math.hypot(sums[0]!, sums[1]!), Math.hypot(sums[2]!, sums[3]!)) / weights;
}

export const composition: Critic = oneByOne(({ picture: { rgb, widthPx, heightPx } }) => ({
  composition: scoreComposition(rgb, widthPx, heightPx),
}));
