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
    const { artwork, png } = await read(deps, id);
    const file = await deps.exporter.export(png, settings, await provenanceOf(deps, artwork));
    const frame = settings.frame === "whole" ? "" : `-${settings.frame}`;
    return { ...file, name: `${slugOf(artwork.title)}-${id.slice(0, 8)}${frame}.${file.extension}` };
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

async function read(deps: Deps, id: ArtworkId): Promise<{ artwork: Artwork; png: Uint8Array }> {
  const artwork = await deps.artworks.get(id);
  if (!artwork) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
  return { artwork, png: await makeReadPng(deps)(artwork.imageUrl) };
}

async function provenanceOf({ artists, generator }: Deps, artwork: Artwork): Promise<Provenance> {
  const { title, prompt, negativePrompt, settings, seed, modelHash, focal } = artwork;
  const artist = await artists.get(artwork.artistId);
  // The licence is the model's; while nobody answers for it, nothing is said.
  const models = await generator.health().then(
    (health) => health.models,
    () => [],
  );
  return {
    title,
    prompt,
    artist: artist?.name ?? "Aria",
    modelId: settings.modelId,
    licence: models.find(({ id }) => id === settings.modelId)?.licence ?? null,
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
