import { adminProcedure, router } from "./trpc.ts";

export const backupRouter = router({
  list: adminProcedure.query(({ ctx }) => ctx.aria.backups.read()),

  ask: adminProcedure.mutation(({ ctx }) => ctx.aria.backups.ask()),
});
