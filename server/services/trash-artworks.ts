import type { ArtworkId } from "#contracts/artwork.ts";
import { AriaError } from "#contracts/errors.ts";
import type { Ports } from "#server/ports.ts";
import { makeGiveFeedback, makeTakeBackFeedback } from "./give-feedback.ts";

type Deps = Pick<Ports, "artists" | "artworks" | "flagRepo" | "learning" | "metrics" | "now">;

async function mark(deps: Deps, id: ArtworkId, trashedAt: Date | null): Promise<void> {
  if (!(await deps.artworks.mark(id, trashedAt))) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
}

/**
 * Out of the gallery, files and rows kept for 30 days, and she learns by it: `restore` undoes all of that. One after the
 * other: where one is missing, those before it stay as they are. Throws NOT_FOUND.
 */
export function makeTrashArtworks(deps: Deps) {
  const giveFeedback = makeGiveFeedback(deps);
  return async function trashArtworks(ids: readonly ArtworkId[]): Promise<void> {
    for (const id of ids) {
      // Broken off in between, it still hangs, and whoever deletes it again teaches nothing twice.
      await giveFeedback(id, "delete");
      await mark(deps, id, deps.now());
    }
  };
}

export function makeRestoreArtworks(deps: Deps) {
  const takeBack = makeTakeBackFeedback(deps);
  return async function restoreArtworks(ids: readonly ArtworkId[]): Promise<void> {
    for (const id of ids) {
      await takeBack(id, "delete");
      await mark(deps, id, null);
    }
  };
}
