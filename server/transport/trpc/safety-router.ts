import { SafetyRules, TrySentenceInput } from "#contracts/safety.ts";
import { adminProcedure, memberProcedure, router } from "./trpc.ts";

export const safetyRouter = router({
  read: memberProcedure.query(({ ctx }) => ctx.aria.safety.read()),

  write: adminProcedure
    .input(SafetyRules)
    .mutation(async ({ ctx, input }) => ctx.note(await ctx.aria.safety.write(input))),

  /** Changes nothing; but the lists are longer than an address may be. */
  try: memberProcedure
    .input(TrySentenceInput)
    .mutation(({ ctx, input: { text, rules } }) => ctx.aria.safety.judge(text, rules)),
});
