import { ArtworkTile } from "#contracts/artwork.ts";
import { GalleryFacets, type GalleryFilter, GalleryOutline } from "#contracts/gallery.ts";
import { HOUSE } from "#server/domain/access/scopes.ts";
import type { CacheName, GalleryRepo, Ports, WallVersions } from "#server/ports.ts";

type Deps = Pick<Ports, "gallery" | "cache" | "owner">;

/** By what is said of a work, or where it hangs, a wall may lose one that has not changed itself. */
const versionFor = ({ artworks, relations }: WallVersions, { loved, collectionId }: Partial<GalleryFilter>): string =>
  loved || collectionId ? `${artworks} ${relations}` : artworks;

const Tiles = ArtworkTile.array();

/**
 * The wall, with what opens it kept near: its outline, which takes longer the more hangs there, its first page, and what it may
 * be filtered by. The version is read from the database each time, and before anything is loaded: whatever was written by
 * anybody is seen by the next who asks.
 */
export function makeReadGallery({ gallery, cache, owner }: Deps): GalleryRepo {
  const at = async (name: CacheName, of: Partial<GalleryFilter>) => ({
    cache: name,
    scope: owner ?? HOUSE,
    key: JSON.stringify(of),
    version: versionFor(await gallery.versions(), of),
  });
  return {
    ...gallery,
    async page(query) {
      if (query.after || query.skip > 0) return gallery.page(query);
      return cache.through(await at("wall_page", query), Tiles, () => gallery.page(query));
    },
    outline: async (filter) =>
      cache.through(await at("wall_outline", filter), GalleryOutline, () => gallery.outline(filter)),
    facets: async () => cache.through(await at("wall_facets", {}), GalleryFacets, () => gallery.facets()),
  };
}
