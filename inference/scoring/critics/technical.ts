/**
 * What the pixels alone say of a picture's craft, each 0 (poor) to 1 (good), without a model. Luminance is Rec. 709 on
 * the sRGB values as they are, 0..1. The curves v/(v + half) are monotone and give 0.5 at `half`, a middling picture's
 * value. Sharpness: variance of the Laplacian, Pech-Pacheco et al. 2000 (ICPR); contrast: RMS, Peli 1990 (JOSA A 7).
 */
import type { TechnicalScores } from "#contracts/generation.ts";
import { type Critic, oneByOne } from "./critic.ts";

/** Standard deviation of the 4-neighbour Laplacian at which sharpness is 0.5. */
const HALF_LAPLACIAN = 0.06;
/** Luminance spread at which contrast is 0.5; that of a full black-to-white ramp is 0.29, which scores 0.74. */
const HALF_SPREAD = 0.1;
/** Clipped share of the picture at which the clipping score is 0.5. */
const HALF_CLIPPED = 0.05;
/** Channel values counted as lost: the two ends of the range. */
const [BLACK, WHITE] = [1, 254];
const BINS = 256;

/** `rgb` is [heightPx, widthPx, 3] interleaved, 8 bits a channel. */
export function scoreTechnical(rgb: Uint8Array, widthPx: number, heightPx: number): TechnicalScores {
  const { luma, histogram, clipped } = luminance(rgb, widthPx * heightPx);
  const { mean, spread } = moments(histogram);
  return {
    sharpness: saturate(laplacianSpread(luma, widthPx, heightPx), HALF_LAPLACIAN),
    exposure: exposure(mean, histogram),
    contrast: saturate(spread, HALF_SPREAD),
    clipping: HALF_CLIPPED / (HALF_CLIPPED + clipped),
  };
}

const saturate = (value: number, half: number): number => value / (value + half);

interface Luminance {
  /** [pixels], 0..1. */
  readonly luma: Float32Array;
  /** Share of pixels a bin. */
  readonly histogram: Float64Array;
  /** Share of pixels that are wholly black or wholly white: their detail is lost, where a pure colour's is not. */
  readonly clipped: number;
}

function luminance(rgb: Uint8Array, pixels: number): Luminance {
  const luma = new Float32Array(pixels);
  const histogram = new Float64Array(BINS);
  let clipped = 0;
  for (let p = 0, k = 0; p < pixels; p++, k += 3) {
    const [r, g, b] = [rgb[k]!, rgb[k + 1]!, rgb[k + 2]!];
    const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    luma[p] = y / 255;
    histogram[Math.round(y)]! += 1 / pixels;
    if ((r <= BLACK && g <= BLACK && b <= BLACK) || (r >= WHITE && g >= WHITE && b >= WHITE)) clipped++;
  }
  return { luma, histogram, clipped: clipped / pixels };
}

function moments(histogram: Float64Array): { mean: number; spread: number } {
  const mean = histogram.reduce((sum, share, bin) => sum + (share * bin) / (BINS - 1), 0);
  const variance = histogram.reduce((sum, share, bin) => sum + share * (bin / (BINS - 1) - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(variance) };
}

/**
 * Three parts closeness of the mean to mid-grey, one part use of the range: the histogram's entropy over its greatest
 * possible, so that a picture of one mid-grey is not called well exposed.
 */
function exposure(mean: number, histogram: Float64Array): number {
  const closeness = 1 - (2 * mean - 1) ** 2;
  const entropy = histogram.reduce((sum, share) => (share > 0 ? sum - share * Math.log2(share) : sum), 0);
  const score = 0.75 * closeness + (0.25 * entropy) / Math.log2(BINS);
  return Math.min(Math.max(score, 0), 1);
}

/** Standard deviation of the 4-neighbour Laplacian over the inner pixels; 0 where there are none. */
function laplacianSpread(luma: Float32Array, widthPx: number, heightPx: number): number {
  let [sum, squares] = [0, 0];
  for (let y = 1; y < heightPx - 1; y++) {
    for (let p = y * widthPx + 1; p < (y + 1) * widthPx - 1; p++) {
      const value = luma[p - 1]! + luma[p + 1]! + luma[p - widthPx]! + luma[p + widthPx]! - 4 * luma[p]!;
      sum += value;
      squares += value * value;
    }
  }
  const count = Math.max(0, widthPx - 2) * Math.max(0, heightPx - 2);
  return count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

export const technical: Critic = oneByOne(({ picture: { rgb, widthPx, heightPx } }) =>
  scoreTechnical(rgb, widthPx, heightPx),
);
