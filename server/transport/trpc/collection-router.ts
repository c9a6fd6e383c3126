import {
  CollectionId,
  CollectionItemInput,
  CreateCollectionInput,
  HangInput,
  MoveItemInput,
} from "#contracts/collections.ts";
import { memberProcedure, router } from "./trpc.ts";

export const collectionRouter = router({
  list: memberProcedure.query(({ ctx }) => ctx.aria.collections.list()),

  byId: memberProcedure.input(CollectionId).query(({ ctx, input }) => ctx.aria.collections.get(input)),

  create: memberProcedure.input(CreateCollectionInput).mutation(({ ctx, input }) => ctx.aria.collections.create(input)),

  rename: memberProcedure.input(CreateCollectionInput).mutation(({ ctx, input }) => ctx.aria.collections.rename(input)),

  remove: memberProcedure.input(CollectionId).mutation(({ ctx, input }) => ctx.aria.collections.remove(input)),

  restore: memberProcedure.input(CollectionId).mutation(({ ctx, input }) => ctx.aria.collections.restore(input)),

  add: memberProcedure
    .input(HangInput)
    .mutation(({ ctx, input }) => ctx.aria.collections.add(input.collectionId, input.artworkIds)),

  take: memberProcedure
    .input(HangInput)
    .mutation(({ ctx, input }) => ctx.aria.collections.take(input.collectionId, input.artworkIds)),

  move: memberProcedure.input(MoveItemInput).mutation(({ ctx, input }) => ctx.aria.collections.move(input)),

  cover: memberProcedure
    .input(CollectionItemInput)
    .mutation(({ ctx, input }) => ctx.aria.collections.cover(input.collectionId, input.artworkId)),
});
