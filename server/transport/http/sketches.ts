/** `POST /sketches`: a picture in, its content address out. Decoded and drawn anew, so that what is kept is a small PNG and nothing else. */
import sharp from "sharp";
import { AriaError } from "#contracts/errors.ts";
import { MAX_SKETCH_SIDE_PX } from "#contracts/generation.ts";
import type { SketchReply } from "#contracts/order.ts";
import type { Container } from "#server/container.ts";
import { answer } from "./answer.ts";
import { readBytes } from "./read-bytes.ts";

/** Below what Next itself lets pass through proxy.ts, which cuts a longer body off. */
export const MAX_SKETCH_BYTES = 8 * 1024 * 1024;
const MAX_PIXELS = 40_000_000;
/** As sharp names what it found in the bytes; AVIF is a HEIF. Nothing that draws, as SVG does, is opened. */
const FORMATS = new Set<string>(["png", "jpeg", "webp", "heif"]);
/** A page of another origin can send none of these without being asked for leave. */
const MEDIA_TYPES = ["image/png", "image/jpeg", "image/webp", "image/avif"];

export const sketches = ({ keepSketch }: Pick<Container, "keepSketch">, request: Request): Promise<Response> =>
  answer(async () => {
    const png = await drawnAnew(await readPicture(request));
    return Response.json((await keepSketch(png)) satisfies SketchReply);
  });

async function readPicture(request: Request): Promise<Buffer> {
  const type = request.headers.get("content-type") ?? "";
  if (!MEDIA_TYPES.includes(type))
    throw new AriaError("INVALID", { field: "content-type", reason: `must be one of ${MEDIA_TYPES.join(", ")}` });
  const bytes = await readBytes(request, MAX_SKETCH_BYTES);
  if (bytes) return bytes;
  throw new AriaError("INVALID", { field: "sketch", reason: `must be at most ${MAX_SKETCH_BYTES / 1024 / 1024} MB` });
}

async function drawnAnew(picture: Buffer): Promise<Buffer> {
  try {
    const opened = sharp(picture, { limitInputPixels: MAX_PIXELS, failOn: "error" });
    const { format } = await opened.metadata();
    if (!FORMATS.has(format)) throw new TypeError(`a sketch in ${format}`);
    return await opened
      .autoOrient()
      .flatten({ background: "white" })
      .resize(MAX_SKETCH_SIDE_PX, MAX_SKETCH_SIDE_PX, { fit: "inside", withoutEnlargement: true })
      .toColourspace("srgb")
      .png()
      .toBuffer();
  } catch (cause) {
    const reason = `must be a picture of at most ${MAX_PIXELS / 1e6} megapixels`;
    throw new AriaError("INVALID", { field: "sketch", reason }, { cause });
  }
}
