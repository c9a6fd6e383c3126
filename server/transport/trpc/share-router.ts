import { CreateShareInput, SharedThing, ShareSlug } from "#contracts/shares.ts";
import { publicProcedure, router } from "./trpc.ts";

export const shareRouter = router({
  list: publicProcedure.input(SharedThing).query(async ({ ctx, input }) => ({
    publicOrigin: ctx.publicOrigin,
    shares: await ctx.aria.listShares(input),
  })),

  create: publicProcedure.input(CreateShareInput).mutation(({ ctx, input }) => ctx.aria.createShare(input)),

  revoke: publicProcedure.input(ShareSlug).mutation(({ ctx, input }) => ctx.aria.revokeShare(input)),
});
