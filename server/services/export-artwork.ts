import type { Artwork, ArtworkId, FocalPoint } from "#contracts/artwork.ts";
import { AriaError } from "#contracts/errors.ts";
import { aspectOf, type ExportSettings } from "#contracts/exports.ts";
import { parametersText } from "#contracts/parameters-text.ts";
import type { Provenance } from "#server/domain/export/xmp.ts";
import type { ExportedFile, Ports } from "#server/ports.ts";
import { makeReadPng } from "./read-png.ts";

type Deps = Pick<Ports, "artworks" | "artists" | "blobs" | "exporter" | "generator">;

export interface NamedFile extends ExportedFile {
  /** Of letters, digits and dashes, with its extension. */
  readonly name: string;
}

/** A file of an artwork, cropped around what matters in it. Throws NOT_FOUND, and UNAVAILABLE where its file is gone. */
export function makeExportArtwork(deps: Deps) {
  return async function exportArtwork(id: ArtworkId, settings: ExportSettings): Promise<NamedFile> {
    const stored = await read(deps, id);
    return fileOf(deps, stored, { settings, licences: await readLicences(deps) });
  };
}

/** The same of many, each made when it is asked for. Throws NOT_FOUND before any is made where one is not there. */
export function makeExportArtworks(deps: Deps) {
  return async function exportArtworks(
    ids: readonly ArtworkId[],
    settings: ExportSettings,
  ): Promise<AsyncIterable<NamedFile>> {
    const known = await deps.artworks.known(ids);
    const missing = ids.find((id) => !known.has(id));
    if (missing) throw new AriaError("NOT_FOUND", { kind: "artwork", id: missing });
    const licences = await readLicences(deps);
    return (async function* () {
      for (const id of ids) yield await fileOf(deps, await read(deps, id), { settings, licences });
    })();
  };
}

/** Where a crop of an artwork would be taken: by a person's choice, else by its saliency. Throws as above. */
export function makeFindFocus(deps: Deps) {
  return async function focusOf(
    id: ArtworkId,
    settings: Pick<ExportSettings, "frame" | "paper" | "bleedMm">,
  ): Promise<{ focal: FocalPoint; isChosen: boolean }> {
    const { artwork, png } = await read(deps, id);
    if (artwork.focal) return { focal: artwork.focal, isChosen: true };
    const aspect = aspectOf(artwork, settings);
    return {
      focal: aspect === null ? { x: 0.5, y: 0.5 } : await deps.exporter.findFocus(png, aspect),
      isChosen: false,
    };
  };
}

interface Stored {
  readonly artwork: Artwork;
  readonly png: Uint8Array;
}

async function read(deps: Deps, id: ArtworkId): Promise<Stored> {
  const artwork = await deps.artworks.get(id);
  if (!artwork) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
  return { artwork, png: await makeReadPng(deps)(artwork.imageUrl) };
}

/** By model; while nobody answers for them, nothing is said. */
type Licences = ReadonlyMap<string, string | null>;
const readLicences = ({ generator }: Deps): Promise<Licences> =>
  generator.health().then(
    ({ models }) => new Map(models.map(({ id, licence }) => [id, licence])),
    () => new Map(),
  );

async function fileOf(
  deps: Deps,
  { artwork, png }: Stored,
  { settings, licences }: { settings: ExportSettings; licences: Licences },
): Promise<NamedFile> {
  const file = await deps.exporter.export(png, settings, await provenanceOf(deps, artwork, licences));
  const frame = settings.frame === "whole" ? "" : `-${settings.frame}`;
  return { ...file, name: `${slugOf(artwork.title)}-${artwork.id.slice(0, 8)}${frame}.${file.extension}` };
}

async function provenanceOf({ artists }: Deps, artwork: Artwork, licences: Licences): Promise<Provenance> {
  const { title, prompt, negativePrompt, settings, seed, modelHash, focal } = artwork;
  const artist = await artists.get(artwork.artistId);
  return {
    title,
    prompt,
    artist: artist?.name ?? "Aria",
    modelId: settings.modelId,
    licence: licences.get(settings.modelId) ?? null,
    parameters: parametersText({ ...settings, prompt, negativePrompt, seed, modelHash }),
    focal,
  };
}

const MAX_SLUG = 60;
const slugOf = (title: string): string =>
  title
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/[^a-zA-Z0-9-]/g, "")
    .replace(/^-+|-+$/g, "")
    .toLowerCase()
    .slice(0, MAX_SLUG) || "artwork";
