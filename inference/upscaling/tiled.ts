/**
 * Enlarging by a network that sees a piece at a time: memory is the picture's and one tile's, however large it is.
 * Tiles overlap, and what lies near their edges is thrown away, as Real-ESRGAN's own tile_process does it.
 */
import { AriaError } from "#contracts/errors.ts";
import type { Tensor } from "#inference/tensor.ts";

/** [1, 3, height, width] to the same, `by` times as large; values as the network has them. */
export interface Enlarger {
  readonly by: number;
  /** Longest side it is given; both sides are multiples of `multipleOf`. */
  readonly tilePx: number;
  readonly multipleOf: number;
  /** It takes tiles of that size alone. */
  readonly isFixed: boolean;
  /** What 0 and 255 are to it. */
  readonly range: readonly [black: number, white: number];
  run(tile: Tensor): Promise<Tensor>;
}

/** Interleaved, 8 bits a channel. */
export interface Rgb {
  readonly data: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** More than the built-in network can see past a pixel. */
const OVERLAP_PX = 32;

export interface Watch {
  readonly onProgress: (share: number) => void;
  /** Asked between tiles; throws CANCELLED where it says so. */
  readonly isCancelled: () => Promise<boolean>;
}

export async function enlargeTiled(picture: Rgb, enlarger: Enlarger, watch: Watch): Promise<Rgb> {
  const { by, tilePx } = enlarger;
  const overlap = Math.min(OVERLAP_PX, Math.floor(tilePx / 4));
  const [columns, rows] = [picture.widthPx, picture.heightPx].map((side) => spans(side, tilePx, overlap)) as [
    Span[],
    Span[],
  ];
  const out: Rgb = {
    data: new Uint8Array(picture.data.length * by * by),
    widthPx: picture.widthPx * by,
    heightPx: picture.heightPx * by,
  };
  let done = 0;
  for (const row of rows) {
    for (const column of columns) {
      if (await watch.isCancelled()) throw new AriaError("CANCELLED", { orderId: "upscale" });
      const drawn = await enlarger.run(cut(picture, column, row, enlarger));
      paste(drawn, out, column, row, enlarger);
      watch.onProgress(++done / (rows.length * columns.length));
    }
  }
  return out;
}

/** Along one side: what a tile sees, and what of it is kept. */
interface Span {
  readonly from: number;
  readonly size: number;
  readonly keepFrom: number;
  readonly keepTo: number;
}

function spans(side: number, tilePx: number, overlap: number): Span[] {
  if (side <= tilePx) return [{ from: 0, size: side, keepFrom: 0, keepTo: side }];
  const stride = tilePx - 2 * overlap;
  const count = Math.ceil((side - 2 * overlap) / stride);
  return Array.from({ length: count }, (_, i) => {
    const from = Math.min(i * stride, side - tilePx);
    const keepFrom = i === 0 ? 0 : i * stride + overlap;
    const keepTo = i === count - 1 ? side : (i + 1) * stride + overlap;
    return { from, size: tilePx, keepFrom, keepTo };
  });
}

/** [1, 3, h, w]; beyond the picture's edge its last pixels go on, where the network wants more than there is. */
function cut({ data, widthPx, heightPx }: Rgb, column: Span, row: Span, enlarger: Enlarger): Tensor {
  const [width, height] = [column.size, row.size].map((size) => sizeFor(size, enlarger)) as [number, number];
  const [black, white] = enlarger.range;
  const plane = width * height;
  const values = new Float32Array(3 * plane);
  for (let y = 0; y < height; y++) {
    const line = Math.min(row.from + y, heightPx - 1) * widthPx;
    for (let x = 0; x < width; x++) {
      const at = (line + Math.min(column.from + x, widthPx - 1)) * 3;
      for (let channel = 0; channel < 3; channel++)
        values[channel * plane + y * width + x] = black + (data[at + channel]! / 255) * (white - black);
    }
  }
  return { data: values, dims: [1, 3, height, width] };
}

const sizeFor = (size: number, { tilePx, multipleOf, isFixed }: Enlarger): number =>
  isFixed ? tilePx : Math.ceil(size / multipleOf) * multipleOf;

function paste({ data, dims }: Tensor, out: Rgb, column: Span, row: Span, { by, range }: Enlarger): void {
  const [height, width] = [dims[2]!, dims[3]!];
  const [black, white] = range;
  const plane = width * height;
  for (let y = row.keepFrom * by; y < row.keepTo * by; y++) {
    const from = (y - row.from * by) * width - column.from * by;
    for (let x = column.keepFrom * by; x < column.keepTo * by; x++) {
      const at = (y * out.widthPx + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const unit = (data[channel * plane + from + x]! - black) / (white - black);
        out.data[at + channel] = Math.round(Math.min(Math.max(unit, 0), 1) * 255);
      }
    }
  }
}
