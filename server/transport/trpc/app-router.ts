import { ModelId } from "#contracts/generation.ts";
import { artworkRouter } from "./artwork-router.ts";
import { orderRouter } from "./order-router.ts";
import { publicProcedure, router } from "./trpc.ts";

export const appRouter = router({
  order: orderRouter,
  artwork: artworkRouter,
  model: router({
    lexicon: publicProcedure.input(ModelId).query(({ ctx, input }) => ctx.aria.readLexicon(input)),
  }),
  health: router({ whole: publicProcedure.query(({ ctx }) => ctx.aria.readHealth()) }),
});
export type AppRouter = typeof appRouter;
