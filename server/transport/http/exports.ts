/** `GET /artworks/<id>/export`: one file. `POST /exports`: many in a zip, each made when its turn comes. */
import { Readable } from "node:stream";
import yazl from "yazl";
import { ArtworkId } from "#contracts/artwork.ts";
import { AriaError } from "#contracts/errors.ts";
import { ExportManyInput, ExportSettings } from "#contracts/exports.ts";
import { invalidFrom } from "#contracts/invalid-from.ts";
import type { Container } from "#server/container.ts";
import type { NamedFile } from "#server/services/export-artwork.ts";
import { answer } from "./answer.ts";
import { readJson } from "./read-json.ts";

type Aria = Pick<Container, "exportArtwork" | "exportArtworks">;

const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

export const exportOne = (aria: Aria, request: Request, id: string): Promise<Response> =>
  answer(async () => {
    const known = ArtworkId.safeParse(id);
    if (!known.success) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
    const settings = ExportSettings.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!settings.success) throw new AriaError("INVALID", invalidFrom(settings.error));
    const { bytes, mediaType, name } = await aria.exportArtwork(known.data, settings.data);
    const headers = { ...HEADERS, "content-type": mediaType, "content-disposition": `attachment; filename="${name}"` };
    return new Response(new Uint8Array(bytes), { headers });
  });

/** Refused whole where one is missing; once it flows, what fails ends the stream short, and no zip reader opens it. */
export const exportMany = (aria: Aria, request: Request): Promise<Response> =>
  answer(async () => {
    const { artworkIds, ...settings } = await readJson(request, ExportManyInput);
    const files = await aria.exportArtworks(artworkIds, settings);
    const zip = new yazl.ZipFile();
    const body = Readable.toWeb(Readable.from(zip.outputStream)) as ReadableStream<Uint8Array>;
    void fill(zip, files);
    const headers = {
      ...HEADERS,
      "content-type": "application/zip",
      "content-disposition": 'attachment; filename="aria.zip"',
    };
    return new Response(body, { headers });
  });

async function fill(zip: yazl.ZipFile, files: AsyncIterable<NamedFile>): Promise<void> {
  try {
    for await (const { bytes, name } of files) {
      // Pictures do not grow smaller by being squeezed once more.
      zip.addBuffer(Buffer.from(bytes), name, { compress: false });
      await drained(zip);
    }
    zip.end();
  } catch (error) {
    (zip.outputStream as Readable).destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Whoever downloads sets the pace: no more lies in memory than is about to be sent. */
async function drained({ outputStream }: yazl.ZipFile): Promise<void> {
  const stream = outputStream as Readable;
  while (!stream.destroyed && stream.readableLength > stream.readableHighWaterMark)
    await new Promise((soon) => setTimeout(soon, 5));
  if (stream.destroyed) throw new Error("whoever asked for it is gone");
}
