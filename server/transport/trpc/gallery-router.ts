import { ArtworkId } from "#contracts/artwork.ts";
import { AlikeInput, GalleryFilter, GalleryPageInput } from "#contracts/gallery.ts";
import { memberProcedure, router } from "./trpc.ts";

export const galleryRouter = router({
  page: memberProcedure.input(GalleryPageInput).query(({ ctx, input }) => ctx.aria.gallery.page(input)),

  outline: memberProcedure.input(GalleryFilter).query(({ ctx, input }) => ctx.aria.gallery.outline(input)),

  firstSteps: memberProcedure.query(({ ctx }) => ctx.aria.gallery.firstSteps()),

  family: memberProcedure.input(ArtworkId).query(({ ctx, input }) => ctx.aria.gallery.family(input)),

  facets: memberProcedure.query(({ ctx }) => ctx.aria.gallery.facets()),

  alike: memberProcedure.input(AlikeInput).query(({ ctx, input }) => ctx.aria.findAlike(input)),
});
