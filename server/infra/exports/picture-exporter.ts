import sharp, { type Sharp } from "sharp";
import {
  aspectOf,
  cropAround,
  type ExportSettings,
  type FileType,
  FRAMES,
  MM_PER_INCH,
  paperFor,
  type Size,
} from "#contracts/exports.ts";
import { type Provenance, xmpOf } from "#server/domain/export/xmp.ts";
import type { ExportedFile, PictureExporter } from "#server/ports.ts";
import { findFocus } from "./find-focus.ts";

const ENCODE: Readonly<Record<FileType, (picture: Sharp) => Sharp>> = {
  png: (picture) => picture.png({ compressionLevel: 9 }),
  jpeg: (picture) => picture.jpeg({ quality: 92, chromaSubsampling: "4:4:4", mozjpeg: true }),
  webp: (picture) => picture.webp({ quality: 90 }),
  avif: (picture) => picture.avif({ quality: 70, effort: 3 }),
  tiff: (picture) => picture.tiff({ compression: "lzw" }),
};
const POINTS_PER_MM = 72 / MM_PER_INCH;

/** Exact sizes by cropping and enlarging alone: nothing is ever stretched. */
export const pictureExporter: PictureExporter = {
  findFocus,
  async export(png, settings, provenance) {
    const { width, height } = await sharp(png).metadata();
    const size = { widthPx: width, heightPx: height };
    const { frame, type, metadata } = settings;
    // The file as it was painted has everything in it already.
    if (frame === "whole" && type === "png" && metadata)
      return { bytes: png, mediaType: "image/png", extension: "png" };
    const cropped = await crop(png, size, settings, provenance);
    if (frame === "print") return print(cropped, size, settings, provenance);
    const sized =
      frame === "whole"
        ? cropped
        : cropped.resize(FRAMES[frame].widthPx, FRAMES[frame].heightPx, { fit: "fill", kernel: "lanczos3" });
    const bytes = await ENCODE[type](sized)
      .withXmp(xmpOf(metadata ? provenance : null))
      .toBuffer();
    return { bytes, mediaType: `image/${type}`, extension: type === "jpeg" ? "jpg" : type };
  },
};

async function crop(png: Uint8Array, size: Size, settings: ExportSettings, { focal }: Provenance): Promise<Sharp> {
  // Text chunks stay behind: what goes along is written anew.
  const picture = sharp(png).removeAlpha();
  const aspect = aspectOf(size, settings);
  if (aspect === null) return picture;
  const { leftPx, topPx, widthPx, heightPx } = cropAround(focal ?? (await findFocus(png, aspect)), size, aspect);
  return picture.extract({ left: leftPx, top: topPx, width: widthPx, height: heightPx });
}

/** A PDF of one page, to the bleed, with its trim box where it is cut. */
async function print(
  picture: Sharp,
  size: Size,
  settings: ExportSettings,
  provenance: Provenance,
): Promise<ExportedFile> {
  const { paper, bleedMm, dpi, metadata } = settings;
  const { widthMm, heightMm } = paperFor(size, paper);
  const [pageWidthMm, pageHeightMm] = [widthMm + 2 * bleedMm, heightMm + 2 * bleedMm];
  const pixels = (mm: number) => Math.round((mm / MM_PER_INCH) * dpi);
  const jpeg = await picture
    .resize(pixels(pageWidthMm), pixels(pageHeightMm), { fit: "fill", kernel: "lanczos3" })
    .jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
    .toBuffer();
  const page: [number, number] = [pageWidthMm * POINTS_PER_MM, pageHeightMm * POINTS_PER_MM];
  const info = metadata ? { Title: provenance.title, Author: provenance.artist, Subject: provenance.prompt } : {};
  // Large, and most exports are no PDF.
  const { default: PDFDocument } = await import("pdfkit");
  const document = new PDFDocument({ size: page, margin: 0, info: { ...info, Keywords: "trainedAlgorithmicMedia" } });
  const bleed = bleedMm * POINTS_PER_MM;
  Object.assign(document.page.dictionary.data, {
    BleedBox: [0, 0, ...page],
    TrimBox: [bleed, bleed, page[0] - bleed, page[1] - bleed],
  });
  document.image(jpeg, 0, 0, { width: page[0], height: page[1] });
  document.end();
  const chunks: Buffer[] = [];
  for await (const chunk of document) chunks.push(chunk as Buffer);
  return { bytes: Buffer.concat(chunks), mediaType: "application/pdf", extension: "pdf" };
}
