import { ArtworkId } from "#contracts/artwork.ts";
import { AlikeInput, GalleryFilter, GalleryPageInput } from "#contracts/gallery.ts";
import { publicProcedure, router } from "./trpc.ts";

export const galleryRouter = router({
  page: publicProcedure.input(GalleryPageInput).query(({ ctx, input }) => ctx.aria.gallery.page(input)),

  outline: publicProcedure.input(GalleryFilter).query(({ ctx, input }) => ctx.aria.gallery.outline(input)),

  firstSteps: publicProcedure.query(({ ctx }) => ctx.aria.gallery.firstSteps()),

  family: publicProcedure.input(ArtworkId).query(({ ctx, input }) => ctx.aria.gallery.family(input)),

  facets: publicProcedure.query(({ ctx }) => ctx.aria.gallery.facets()),

  alike: publicProcedure.input(AlikeInput).query(({ ctx, input }) => ctx.aria.findAlike(input)),
});
