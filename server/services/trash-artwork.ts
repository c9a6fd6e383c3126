import type { ArtworkId } from "#contracts/artwork.ts";
import { AriaError } from "#contracts/errors.ts";
import type { Ports } from "#server/ports.ts";

type Deps = Pick<Ports, "artworks" | "now">;

async function mark(deps: Deps, id: ArtworkId, trashedAt: Date | null): Promise<void> {
  if (!(await deps.artworks.mark(id, trashedAt))) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
}

/** Out of the gallery, files and row kept: `restore` undoes it. */
export const makeTrashArtwork = (deps: Deps) => (id: ArtworkId) => mark(deps, id, deps.now());
export const makeRestoreArtwork = (deps: Deps) => (id: ArtworkId) => mark(deps, id, null);
