import { SafetyRules, TrySentenceInput } from "#contracts/safety.ts";
import { publicProcedure, router } from "./trpc.ts";

export const safetyRouter = router({
  read: publicProcedure.query(({ ctx }) => ctx.aria.safety.read()),

  write: publicProcedure.input(SafetyRules).mutation(({ ctx, input }) => ctx.aria.safety.write(input)),

  /** Changes nothing; but the lists are longer than an address may be. */
  try: publicProcedure
    .input(TrySentenceInput)
    .mutation(({ ctx, input: { text, rules } }) => ctx.aria.safety.judge(text, rules)),
});
