import { CreateShareInput, SharedThing, ShareSlug } from "#contracts/shares.ts";
import { memberProcedure, router } from "./trpc.ts";

export const shareRouter = router({
  list: memberProcedure.input(SharedThing).query(async ({ ctx, input }) => ({
    publicOrigin: ctx.publicOrigin,
    shares: await ctx.aria.listShares(input),
  })),

  create: memberProcedure.input(CreateShareInput).mutation(({ ctx, input }) => ctx.aria.createShare(input)),

  revoke: memberProcedure.input(ShareSlug).mutation(({ ctx, input }) => ctx.aria.revokeShare(input)),
});
