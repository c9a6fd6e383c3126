/** Files that an artwork leaves the house in. */
import { z } from "zod";
import { ArtworkId, FocalPoint, ManyArtworks } from "./artwork.ts";

/** px; "whole" is uncropped, at the size it was painted; "print" is a page. */
export const FRAMES = {
  whole: null,
  instagram: { widthPx: 1080, heightPx: 1080 },
  twitter: { widthPx: 1200, heightPx: 675 },
  facebook: { widthPx: 1200, heightPx: 630 },
  pinterest: { widthPx: 1000, heightPx: 1500 },
  print: null,
} as const;
export type Frame = keyof typeof FRAMES;

export const FILE_TYPES = ["png", "jpeg", "webp", "avif", "tiff"] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** Trimmed, upright, in mm. */
export const PAPERS = {
  a5: { widthMm: 148, heightMm: 210 },
  a4: { widthMm: 210, heightMm: 297 },
  a3: { widthMm: 297, heightMm: 420 },
  letter: { widthMm: 215.9, heightMm: 279.4 },
  square: { widthMm: 200, heightMm: 200 },
} as const;
export type Paper = keyof typeof PAPERS;

const [MIN_DPI, MAX_DPI, MAX_BLEED_MM] = [72, 300, 10];
export const MM_PER_INCH = 25.4;

export const ExportSettings = z.object({
  frame: z.enum(Object.keys(FRAMES) as Frame[]).default("whole"),
  /** Of pictures; a print is a PDF. */
  type: z.enum(FILE_TYPES).default("png"),
  /** Title, prompt and settings go with it; else nothing but the mark that no camera took it. */
  metadata: z.stringbool().or(z.boolean()).default(true),
  paper: z.enum(Object.keys(PAPERS) as Paper[]).default("a4"),
  dpi: z.coerce
    .number()
    .int()
    .min(MIN_DPI, `must be at least ${MIN_DPI}`)
    .max(MAX_DPI, `must be at most ${MAX_DPI}`)
    .default(MAX_DPI),
  /** Beyond the trimmed page on each side. */
  bleedMm: z.coerce
    .number()
    .min(0, "must be 0 or more")
    .max(MAX_BLEED_MM, `must be at most ${MAX_BLEED_MM}`)
    .default(3),
});
export type ExportSettings = z.infer<typeof ExportSettings>;

export const ExportManyInput = ExportSettings.extend({ artworkIds: ManyArtworks });

/** Null: as the saliency of the picture says. */
export const FocalPointInput = z.object({ artworkId: ArtworkId, focal: FocalPoint.nullable() });
export type FocalPointInput = z.infer<typeof FocalPointInput>;

export const CropInput = ExportSettings.pick({ frame: true, paper: true, bleedMm: true }).extend({
  artworkId: ArtworkId,
});

export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}
export interface Crop extends Size {
  readonly leftPx: number;
  readonly topPx: number;
}

/** A page lies as the picture does. */
export function paperFor({ widthPx, heightPx }: Size, paper: Paper): { widthMm: number; heightMm: number } {
  const { widthMm, heightMm } = PAPERS[paper];
  return widthPx > heightPx ? { widthMm: heightMm, heightMm: widthMm } : { widthMm, heightMm };
}

/** Width over height of what is exported; null where nothing is cropped. */
export function aspectOf(
  size: Size,
  { frame, paper, bleedMm }: Pick<ExportSettings, "frame" | "paper" | "bleedMm">,
): number | null {
  if (frame === "whole") return null;
  if (frame !== "print") return FRAMES[frame].widthPx / FRAMES[frame].heightPx;
  const { widthMm, heightMm } = paperFor(size, paper);
  return (widthMm + 2 * bleedMm) / (heightMm + 2 * bleedMm);
}

/** The largest part of a picture of this shape whose middle is as near to the point as its edges allow. */
export function cropAround({ x, y }: FocalPoint, { widthPx, heightPx }: Size, aspect: number): Crop {
  const isWide = aspect > widthPx / heightPx;
  const [width, height] = isWide ? [widthPx, Math.round(widthPx / aspect)] : [Math.round(heightPx * aspect), heightPx];
  const within = (middle: number, part: number, whole: number) =>
    Math.round(Math.min(Math.max(middle * whole - part / 2, 0), whole - part));
  return { leftPx: within(x, width, widthPx), topPx: within(y, height, heightPx), widthPx: width, heightPx: height };
}
