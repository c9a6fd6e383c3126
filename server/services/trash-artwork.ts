import type { ArtworkId } from "#contracts/artwork.ts";
import { AriaError } from "#contracts/errors.ts";
import type { Ports } from "#server/ports.ts";
import { makeGiveFeedback, makeTakeBackFeedback } from "./give-feedback.ts";

type Deps = Pick<Ports, "artists" | "artworks" | "learning" | "now">;

async function mark(deps: Deps, id: ArtworkId, trashedAt: Date | null): Promise<void> {
  if (!(await deps.artworks.mark(id, trashedAt))) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
}

/** Out of the gallery, files and row kept, and she learns by it: `restore` undoes all of that. */
export function makeTrashArtwork(deps: Deps) {
  const giveFeedback = makeGiveFeedback(deps);
  return async function trashArtwork(id: ArtworkId): Promise<void> {
    // Broken off in between, it still hangs, and whoever deletes it again teaches nothing twice.
    await giveFeedback(id, "delete");
    await mark(deps, id, deps.now());
  };
}

export function makeRestoreArtwork(deps: Deps) {
  const takeBack = makeTakeBackFeedback(deps);
  return async function restoreArtwork(id: ArtworkId): Promise<void> {
    await takeBack(id, "delete");
    await mark(deps, id, null);
  };
}
