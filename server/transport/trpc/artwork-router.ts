import { ArtworkId, ManyArtworks, RemixInput } from "#contracts/artwork.ts";
import { AriaError } from "#contracts/errors.ts";
import { CropInput, FocalPointInput } from "#contracts/exports.ts";
import { memberProcedure, router } from "./trpc.ts";

export const artworkRouter = router({
  byId: memberProcedure.input(ArtworkId).query(async ({ ctx, input: id }) => {
    const artwork = await ctx.aria.artworks.get(id);
    if (!artwork) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
    return artwork;
  }),

  remix: memberProcedure.input(RemixInput).mutation(({ ctx, input }) => ctx.aria.remixArtwork(input)),

  focus: memberProcedure
    .input(CropInput)
    .query(({ ctx, input: { artworkId, ...settings } }) => ctx.aria.focusOf(artworkId, settings)),

  setFocal: memberProcedure.input(FocalPointInput).mutation(({ ctx, input }) => ctx.aria.setFocal(input)),

  trash: memberProcedure.input(ManyArtworks).mutation(({ ctx, input }) => ctx.aria.trashArtworks(input)),

  restore: memberProcedure.input(ManyArtworks).mutation(({ ctx, input }) => ctx.aria.restoreArtworks(input)),
});
