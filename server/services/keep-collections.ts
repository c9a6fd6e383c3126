import type { ArtworkId } from "#contracts/artwork.ts";
import type { Collection, CollectionId, CreateCollectionInput, MoveItemInput } from "#contracts/collections.ts";
import { AriaError } from "#contracts/errors.ts";
import type { Ports } from "#server/ports.ts";

type Deps = Pick<Ports, "collections" | "now">;

const missing = (id: string): never => {
  throw new AriaError("NOT_FOUND", { kind: "collection", id });
};

/** What can be done with collections. All but `list` and `create` throw NOT_FOUND. */
export function makeKeepCollections({ collections, now }: Deps) {
  return {
    list: () => collections.list(),
    get: async (id: CollectionId): Promise<Collection> => (await collections.get(id)) ?? missing(id),
    create: (input: CreateCollectionInput) => collections.create(input, now()),
    async rename({ id, name }: CreateCollectionInput): Promise<void> {
      if (!(await collections.rename(id, name))) missing(id);
    },
    async remove(id: CollectionId): Promise<void> {
      if (!(await collections.remove(id, now()))) missing(id);
    },
    async restore(id: CollectionId): Promise<void> {
      if (!(await collections.restore(id))) missing(id);
    },
    add: (id: CollectionId, artworkIds: readonly ArtworkId[]) => collections.add(id, artworkIds),
    take: (id: CollectionId, artworkIds: readonly ArtworkId[]) => collections.take(id, artworkIds),
    move: (input: MoveItemInput) => collections.move(input),
    async cover(id: CollectionId, artworkId: ArtworkId): Promise<void> {
      if (!(await collections.cover(id, artworkId))) missing(id);
    },
  };
}
