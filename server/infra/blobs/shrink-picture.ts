import sharp from "sharp";
import { MAX_SKETCH_SIDE_PX } from "#contracts/generation.ts";

/** A PNG no larger than a sketch may be, without what was written into it. */
export const shrinkPicture = (png: Uint8Array): Promise<Uint8Array> =>
  sharp(png)
    .resize(MAX_SKETCH_SIDE_PX, MAX_SKETCH_SIDE_PX, { fit: "inside", withoutEnlargement: true })
    .png()
    .toBuffer();
