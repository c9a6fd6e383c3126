/** A person's own pictures, as the autoencoder takes them: a sketch to paint over, a mask of what to fill. */
import sharp, { type Sharp } from "sharp";
import { AriaError } from "#contracts/errors.ts";
import { MAX_SIZE_PX } from "#contracts/terms.ts";
import { fromRgb, type Tensor } from "#inference/tensor.ts";

/** [1, 3, height, width] in [-1, 1]: the middle of it, cut to the shape. Throws INVALID when it is no picture. */
export async function readOwnSketch(base64: string, widthPx: number, heightPx: number): Promise<Tensor> {
  const picture = fitted(base64, widthPx, heightPx).flatten({ background: "white" }).toColourspace("srgb");
  return fromRgb(await pixelsOf(picture, "sketchPngBase64"), widthPx, heightPx);
}

/** [1, 1, height, width]: 1 where the mask is light, cut in the same way. Throws INVALID when it is no picture. */
export async function readMask(base64: string, widthPx: number, heightPx: number): Promise<Tensor> {
  const picture = fitted(base64, widthPx, heightPx).flatten({ background: "black" }).toColourspace("b-w");
  const gray = await pixelsOf(picture.extractChannel(0), "maskPngBase64");
  return { data: Float32Array.from(gray, (value) => (value >= 128 ? 1 : 0)), dims: [1, 1, heightPx, widthPx] };
}

const fitted = (base64: string, widthPx: number, heightPx: number) =>
  sharp(Buffer.from(base64, "base64"), { limitInputPixels: MAX_SIZE_PX ** 2 }).resize(widthPx, heightPx, {
    fit: "cover",
  });

const pixelsOf = (picture: Sharp, field: string): Promise<Buffer> =>
  picture
    .raw()
    .toBuffer()
    .catch((cause: unknown) => {
      const reason = `must be a picture of at most ${MAX_SIZE_PX} × ${MAX_SIZE_PX} px`;
      throw new AriaError("INVALID", { field, reason }, { cause });
    });
