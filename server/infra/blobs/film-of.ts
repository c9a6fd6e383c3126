import sharp from "sharp";
import { xmpOf } from "#server/domain/export/xmp.ts";

const LONG_SIDE_PX = 384;
const STROKE_MS = 320;
const FINISHED_MS = 3_000;

/** Strokes are small: they are enlarged softly, to the size the picture has in the film. Played once, it rests on the picture. */
export async function filmOf(strokes: readonly Uint8Array[], png: Uint8Array): Promise<Uint8Array> {
  const last = await sharp(png)
    .resize(LONG_SIDE_PX, LONG_SIDE_PX, { fit: "inside" })
    .removeAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = last.info;
  const frames = await Promise.all(
    strokes.map((stroke) =>
      sharp(stroke)
        .resize(width, height, { fit: "fill", kernel: "cubic" })
        .removeAlpha()
        .toColourspace("srgb")
        .png({ compressionLevel: 1 })
        .toBuffer(),
    ),
  );
  const delay = [...frames.map(() => STROKE_MS), FINISHED_MS];
  return sharp([...frames, last.data], { join: { animated: true } })
    .webp({ quality: 72, loop: 1, delay, effort: 3 })
    .withXmp(xmpOf(null))
    .toBuffer();
}
