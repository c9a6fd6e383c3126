/** How a wall is spelt before its artworks come: in pages and in characters. Without zod, for pages. */
export const SORTS = ["newest", "oldest", "best"] as const;

/** An outline gives the position of every so manieth artwork: a page is at most so far from one, however large the wall. */
export const OUTLINE_STEP = 500;
export const PAGE_SIZE = 100;

/** 24 steps an octave: a shape is off by at most 1.5 %, which a crop hides. */
export const RATIO_STEPS = 24;
export const RATIO_ZERO = 80;

/** Longer ones are cropped to the longest there is. */
const RATIO_REACH = 40;

/** As the outline spells the shape of a picture. */
export function characterOf(widthPx: number, heightPx: number): string {
  const step = Math.round(RATIO_STEPS * Math.log2(widthPx / heightPx));
  return String.fromCharCode(RATIO_ZERO + Math.min(Math.max(step, -RATIO_REACH), RATIO_REACH));
}

/** Width over height of an outline's character. */
export const ratioOf = (character: string): number => 2 ** ((character.charCodeAt(0) - RATIO_ZERO) / RATIO_STEPS);
