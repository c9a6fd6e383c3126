import {
  CollectionId,
  CollectionItemInput,
  CreateCollectionInput,
  HangInput,
  MoveItemInput,
} from "#contracts/collections.ts";
import { publicProcedure, router } from "./trpc.ts";

export const collectionRouter = router({
  list: publicProcedure.query(({ ctx }) => ctx.aria.collections.list()),

  byId: publicProcedure.input(CollectionId).query(({ ctx, input }) => ctx.aria.collections.get(input)),

  create: publicProcedure.input(CreateCollectionInput).mutation(({ ctx, input }) => ctx.aria.collections.create(input)),

  rename: publicProcedure.input(CreateCollectionInput).mutation(({ ctx, input }) => ctx.aria.collections.rename(input)),

  remove: publicProcedure.input(CollectionId).mutation(({ ctx, input }) => ctx.aria.collections.remove(input)),

  restore: publicProcedure.input(CollectionId).mutation(({ ctx, input }) => ctx.aria.collections.restore(input)),

  add: publicProcedure
    .input(HangInput)
    .mutation(({ ctx, input }) => ctx.aria.collections.add(input.collectionId, input.artworkIds)),

  take: publicProcedure
    .input(HangInput)
    .mutation(({ ctx, input }) => ctx.aria.collections.take(input.collectionId, input.artworkIds)),

  move: publicProcedure.input(MoveItemInput).mutation(({ ctx, input }) => ctx.aria.collections.move(input)),

  cover: publicProcedure
    .input(CollectionItemInput)
    .mutation(({ ctx, input }) => ctx.aria.collections.cover(input.collectionId, input.artworkId)),
});
