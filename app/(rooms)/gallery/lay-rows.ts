/** A justified wall: rows of whole pictures, all as high as each other, filling the width. */
import { ratioOf } from "#contracts/wall-outline.ts";

export interface Row {
  /** Place on the wall of its first picture, from 0. */
  readonly start: number;
  readonly count: number;
  /** Widths of its pictures over their common height, added up; the width of the wall, where they do not fill it. */
  readonly span: number;
  /** "2026-11" above the first row of a month. */
  readonly month: string | null;
}

interface Month {
  readonly month: string;
  readonly count: number;
}

/** A row that hardly fills its width is not blown up to it. */
const FULL = 0.8;

/**
 * Rows of about `capacity` (width over height), a new one at each month. The same pictures lie in the same rows whatever
 * comes after them.
 */
export function layRows(ratios: string, months: readonly Month[], capacity: number): Row[] {
  const rows: Row[] = [];
  let start = 0;
  const parts: readonly { month: string | null; count: number }[] =
    months.length > 0 ? months : [{ month: null, count: ratios.length }];
  for (const { month, count } of parts) {
    const end = Math.min(start + count, ratios.length);
    let heading = month;
    while (start < end) {
      let [span, at] = [0, start];
      while (at < end && span < capacity) {
        const ratio = ratioOf(ratios[at]!);
        // Rather too little than a row that is much too low.
        if (at > start && span + ratio - capacity > capacity - span) break;
        span += ratio;
        at++;
      }
      const isLast = at === end && span < FULL * capacity;
      rows.push({ start, count: at - start, span: isLast ? capacity : span, month: heading });
      heading = null;
      start = at;
    }
  }
  return rows;
}

export const GAP_PX = 8;
export const HEADING_PX = 64;

/** Height of a row's pictures on a wall so wide, in px. */
export const pictureHeight = ({ count, span }: Pick<Row, "count" | "span">, widthPx: number): number =>
  (widthPx - GAP_PX * (count - 1)) / span;

export const rowHeight = (row: Row, widthPx: number): number =>
  pictureHeight(row, widthPx) + GAP_PX + (row.month === null ? 0 : HEADING_PX);

/** The row that a place on the wall lies in. */
export function rowOf(rows: readonly Row[], index: number): number {
  let [low, high] = [0, rows.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle]!.start <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}
