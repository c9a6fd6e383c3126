import { z } from "zod";
import { ModelId } from "#contracts/generation.ts";
import { ActInput, InstallInput, TaskInput } from "#contracts/models.ts";
import { adminProcedure, memberProcedure, router } from "./trpc.ts";

export const modelRouter = router({
  lexicon: memberProcedure.input(ModelId).query(({ ctx, input }) => ctx.aria.readLexicon(input)),

  act: adminProcedure.input(ActInput).mutation(({ ctx, input: { action, modelId } }) => {
    ctx.note(action);
    return ctx.aria.modelKeeper.act(action, modelId);
  }),

  remove: adminProcedure.input(ModelId).mutation(({ ctx, input }) => ctx.aria.modelKeeper.remove(input)),

  plan: adminProcedure.input(InstallInput).mutation(({ ctx, input }) => ctx.aria.modelKeeper.plan(input)),

  start: adminProcedure.input(TaskInput).mutation(({ ctx, input }) => {
    ctx.note(input.kind);
    return ctx.aria.modelKeeper.start(input);
  }),

  tasks: memberProcedure.query(({ ctx }) => ctx.aria.modelKeeper.tasks()),

  cancel: adminProcedure.input(z.uuid()).mutation(({ ctx, input }) => ctx.aria.modelKeeper.cancel(input)),

  catalogue: memberProcedure.query(({ ctx }) => ctx.aria.modelKeeper.catalogue()),
});
