/**
 * Pictures by content address, and thumbnails made once and kept beside them. What is served is a PNG, WebP or AVIF by
 * construction, named by 64 hex digits: nothing here can become a page or leave its folder.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { AriaError } from "#contracts/errors.ts";
import { THUMB_NAME } from "#contracts/thumbnails.ts";
import type { Container } from "#server/container.ts";
import { xmpOf } from "#server/domain/export/xmp.ts";
import type { BlobStore } from "#server/ports.ts";
import { refused } from "./answer.ts";

const SHA256 = /^[0-9a-f]{64}$/;
const THUMB = new RegExp(`^${THUMB_NAME}$`);
const RIFF = Buffer.from("RIFF");
const QUALITY = { avif: { quality: 55, effort: 2 }, webp: { quality: 80, effort: 3 } } as const;
/** Every copy carries it. */
const AI_MARK = xmpOf(null);
const HEADERS = {
  "cache-control": "private, max-age=31536000, immutable",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'",
};

interface Deps {
  readonly blobs: BlobStore;
  readonly thumbsDir: string;
}

const missing = ({ headers }: Request, id: string) =>
  refused(new AriaError("NOT_FOUND", { kind: "image", id }), headers);

const picture = (bytes: Uint8Array, mediaType: string, more: Record<string, string> = {}) =>
  new Response(new Uint8Array(bytes), { headers: { ...HEADERS, "content-type": mediaType, ...more } });

type ServeImage = (request: Request, sha256: string, thumb?: string) => Promise<Response>;

/** The same for whoever owns the picture; to anybody else there is none. */
export const serveOwnImage =
  (serveImage: ServeImage) =>
  async ({ ownsFile }: Pick<Container, "ownsFile">, ...asked: Parameters<ServeImage>): Promise<Response> =>
    SHA256.test(asked[1]) && (await ownsFile(asked[1])) ? serveImage(...asked) : missing(asked[0], asked[1]);

export function makeServeImage({ blobs, thumbsDir }: Deps): ServeImage {
  return async function serveImage(request: Request, sha256: string, thumb?: string): Promise<Response> {
    if (!SHA256.test(sha256)) return missing(request, sha256);
    if (thumb === undefined) return original(blobs, request, sha256);
    const [, width, format] = THUMB.exec(thumb) ?? [];
    if (!width || (format !== "avif" && format !== "webp")) return missing(request, sha256);
    const bytes = await thumbnail({ blobs, thumbsDir }, sha256, { widthPx: Number(width), format });
    return bytes ? picture(bytes, `image/${format}`) : missing(request, sha256);
  };
}

async function original(blobs: BlobStore, request: Request, sha256: string): Promise<Response> {
  const png = await blobs.read(sha256);
  if (!png) return missing(request, sha256);
  const asFile = new URL(request.url).searchParams.has("download");
  const name = `aria-${sha256.slice(0, 12)}.png`;
  // A film lies beside the pictures, and says itself what it is.
  if (Buffer.from(png).subarray(0, 4).equals(RIFF)) return picture(png, "image/webp");
  return picture(png, "image/png", asFile ? { "content-disposition": `attachment; filename="${name}"` } : {});
}

async function thumbnail(
  { blobs, thumbsDir }: Deps,
  sha256: string,
  { widthPx, format }: { widthPx: number; format: "avif" | "webp" },
): Promise<Uint8Array | null> {
  const file = path.join(thumbsDir, sha256.slice(0, 2), `${sha256}-${widthPx}.${format}`);
  const kept = await readFile(file).catch(() => null);
  if (kept) return kept;
  const png = await blobs.read(sha256);
  if (!png) return null;
  const small = await sharp(png)
    .resize(widthPx, null, { withoutEnlargement: true })
    [format](QUALITY[format])
    .withXmp(AI_MARK)
    .toBuffer();
  const half = `${file}.${randomUUID()}.part`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(half, small);
  await rename(half, file);
  return small;
}
