/** Artworks that a person hung together, in an order of their own. */
import { z } from "zod";
import { ArtworkId, ArtworkTile, ManyArtworks } from "./artwork.ts";
import { Plain } from "./generation.ts";
import { MAX_NAME } from "./terms.ts";

export const CollectionId = z.uuid().brand<"CollectionId">();
export type CollectionId = z.infer<typeof CollectionId>;

export const MAX_ITEMS = 5_000;
const Name = Plain.trim().min(1, "must not be empty").max(MAX_NAME, `must be at most ${MAX_NAME} characters`);

/** As a list of them needs it. */
export const CollectionCard = z.object({
  id: CollectionId,
  name: z.string(),
  count: z.int(),
  /** The one that was chosen, else the first; null where it is empty. */
  cover: ArtworkTile.nullable(),
  createdAt: z.date(),
});
export type CollectionCard = z.infer<typeof CollectionCard>;

export const Collection = CollectionCard.extend({ artworks: z.array(ArtworkTile) });
export type Collection = z.infer<typeof Collection>;

/** Its id is made by the client, so that a repeated request is the same collection. */
export const CreateCollectionInput = z.object({ id: CollectionId, name: Name });
export type CreateCollectionInput = z.infer<typeof CreateCollectionInput>;

export const CollectionItemInput = z.object({ collectionId: CollectionId, artworkId: ArtworkId });
export const HangInput = z.object({ collectionId: CollectionId, artworkIds: ManyArtworks });
/** Before another that hangs there; null puts it last. */
export const MoveItemInput = CollectionItemInput.extend({ before: ArtworkId.nullable() });
export type MoveItemInput = z.infer<typeof MoveItemInput>;
