/**
 * Where a picture is to be looked at, for a crop of some shape: smartcrop.js 2.0.5 (edges, saturation), over sharp. Its
 * search for skin is off, since what is orange here is a sunset.
 */
import sharp from "sharp";
import smartcrop from "smartcrop";
import type { FocalPoint } from "#contracts/artwork.ts";
import type { Size } from "#contracts/exports.ts";

/** Of the longer side while it is looked at: details of a few pixels are texture. */
const LOOKED_AT_PX = 256;

interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly rgba: Buffer;
}

const operations = {
  open: async (sheet: Sheet) => sheet,
  async resample({ rgba, width, height }: Sheet, toWidth: number, toHeight: number): Promise<Sheet> {
    const [w, h] = [Math.max(1, Math.floor(toWidth)), Math.max(1, Math.floor(toHeight))];
    const smaller = sharp(rgba, { raw: { width, height, channels: 4 } }).resize(w, h, { fit: "fill" });
    return { rgba: await smaller.raw().toBuffer(), width: w, height: h };
  },
  getData: async ({ rgba, width, height }: Sheet) => ({ data: rgba, width, height }),
};

/** The middle of the best crop of this shape (width over height). */
export async function findFocus(png: Uint8Array, aspect: number): Promise<FocalPoint> {
  const { data, info } = await sharp(png)
    .resize(LOOKED_AT_PX, LOOKED_AT_PX, { fit: "inside" })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const [width, height] = [info.width, info.height];
  const { topCrop } = await smartcrop.crop(
    { rgba: data, width, height } as never,
    {
      ...largest({ widthPx: width, heightPx: height }, aspect),
      imageOperations: operations,
      skinWeight: 0,
      prescale: false,
      minScale: 1,
      ruleOfThirds: false,
    } as never,
  );
  return { x: (topCrop.x + topCrop.width / 2) / width, y: (topCrop.y + topCrop.height / 2) / height };
}

const largest = ({ widthPx, heightPx }: Size, aspect: number) =>
  aspect > widthPx / heightPx
    ? { width: widthPx, height: widthPx / aspect }
    : { width: heightPx * aspect, height: heightPx };
