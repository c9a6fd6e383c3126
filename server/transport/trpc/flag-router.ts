import { FlagName, WriteFlagInput } from "#contracts/flags.ts";
import { adminProcedure, router } from "./trpc.ts";

export const flagRouter = router({
  list: adminProcedure.query(({ ctx }) => ctx.aria.flags.list()),

  write: adminProcedure
    .input(WriteFlagInput)
    .mutation(async ({ ctx, input }) => ctx.note(await ctx.aria.flags.write(input))),

  experiment: adminProcedure.input(FlagName).query(({ ctx, input }) => ctx.aria.flags.experiment(input)),
});
