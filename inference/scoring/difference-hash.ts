/** A picture in 64 bits that hardly change when the picture hardly does: dHash (Krawetz 2013), as 16 hex digits. */
const [COLUMNS, ROWS] = [9, 8];

/** `rgb` is [heightPx, widthPx, 3] interleaved, 8 bits a channel. A bit says whether a cell is darker than its right neighbour. */
export function differenceHash(rgb: Uint8Array, widthPx: number, heightPx: number): string {
  const sums = new Float64Array(COLUMNS * ROWS);
  const counts = new Uint32Array(COLUMNS * ROWS);
  for (let y = 0, k = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++, k += 3) {
      const cell = Math.floor((y * ROWS) / heightPx) * COLUMNS + Math.floor((x * COLUMNS) / widthPx);
      counts[cell]!++;
      sums[cell]! += 0.2126 * rgb[k]! + 0.7152 * rgb[k + 1]! + 0.0722 * rgb[k + 2]!;
    }
  const mean = sums.map((sum, cell) => sum / Math.max(1, counts[cell]!));
  let bits = "";
  for (let row = 0; row < ROWS; row++)
    for (let column = 0; column < COLUMNS - 1; column++) {
      const cell = row * COLUMNS + column;
      bits += mean[cell]! < mean[cell + 1]! ? "1" : "0";
    }
  return BigInt(`0b${bits}`).toString(16).padStart(16, "0");
}
