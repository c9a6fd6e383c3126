import sharp from "sharp";
import { rgbaToThumbHash } from "thumbhash";

/** About 25 bytes, base64, that paint a blurred likeness while the picture loads. */
export async function thumbhashOf(png: Uint8Array): Promise<string> {
  const small = sharp(png).resize(100, 100, { fit: "inside" }).ensureAlpha().raw();
  const { data, info } = await small.toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString("base64");
}
