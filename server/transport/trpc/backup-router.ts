import { publicProcedure, router } from "./trpc.ts";

export const backupRouter = router({
  list: publicProcedure.query(({ ctx }) => ctx.aria.backups.read()),

  ask: publicProcedure.mutation(({ ctx }) => ctx.aria.backups.ask()),
});
