import { ArtworkId, ManyArtworks, RemixInput } from "#contracts/artwork.ts";
import { AriaError } from "#contracts/errors.ts";
import { CropInput, FocalPointInput } from "#contracts/exports.ts";
import { publicProcedure, router } from "./trpc.ts";

export const artworkRouter = router({
  byId: publicProcedure.input(ArtworkId).query(async ({ ctx, input: id }) => {
    const artwork = await ctx.aria.artworks.get(id);
    if (!artwork) throw new AriaError("NOT_FOUND", { kind: "artwork", id });
    return artwork;
  }),

  remix: publicProcedure.input(RemixInput).mutation(({ ctx, input }) => ctx.aria.remixArtwork(input)),

  focus: publicProcedure
    .input(CropInput)
    .query(({ ctx, input: { artworkId, ...settings } }) => ctx.aria.focusOf(artworkId, settings)),

  setFocal: publicProcedure.input(FocalPointInput).mutation(({ ctx, input }) => ctx.aria.setFocal(input)),

  trash: publicProcedure.input(ManyArtworks).mutation(({ ctx, input }) => ctx.aria.trashArtworks(input)),

  restore: publicProcedure.input(ManyArtworks).mutation(({ ctx, input }) => ctx.aria.restoreArtworks(input)),
});
