/** A person's own sketch, as the autoencoder takes it. */
import sharp from "sharp";
import { AriaError } from "#contracts/errors.ts";
import { MAX_SIZE_PX } from "#contracts/generation.ts";
import { fromRgb, type Tensor } from "#inference/tensor.ts";

/** [1, 3, height, width] in [-1, 1]: the middle of it, cut to the shape. Throws INVALID when it is no picture. */
export async function readOwnSketch(base64: string, widthPx: number, heightPx: number): Promise<Tensor> {
  const rgb = await sharp(Buffer.from(base64, "base64"), { limitInputPixels: MAX_SIZE_PX ** 2 })
    .flatten({ background: "white" })
    .toColourspace("srgb")
    .resize(widthPx, heightPx, { fit: "cover" })
    .raw()
    .toBuffer()
    .catch((cause: unknown) => {
      const reason = `must be a picture of at most ${MAX_SIZE_PX} × ${MAX_SIZE_PX} px`;
      throw new AriaError("INVALID", { field: "sketchPngBase64", reason }, { cause });
    });
  return fromRgb(rgb, widthPx, heightPx);
}
