/** Two artworks, which do you prefer? And what is known of a person's taste by their answers. */
import { z } from "zod";
import { ArtworkId, type ArtworkTile } from "./artwork.ts";
import { ArtistId } from "./mind.ts";

/** How often she was right about answers to pairs that were drawn by chance, each guessed before it was given. */
export const TasteStanding = z.object({
  duels: z.int(),
  checks: z.int(),
  right: z.int(),
  /** Better than chance would be: her critics listen to it. */
  isHeard: z.boolean(),
});
export type TasteStanding = z.infer<typeof TasteStanding>;

export interface NextDuel {
  readonly standing: TasteStanding;
  /** Null while there are not two works to compare. */
  readonly pair: { readonly left: ArtworkTile; readonly right: ArtworkTile; readonly isCheck: boolean } | null;
}

export const DuelAnswer = z.object({
  id: z.uuid(),
  winnerId: ArtworkId,
  loserId: ArtworkId,
  isCheck: z.boolean(),
});
export type DuelAnswer = z.infer<typeof DuelAnswer>;

export const DuelInput = DuelAnswer.extend({ artistId: ArtistId });
