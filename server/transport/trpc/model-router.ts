import { z } from "zod";
import { ModelId } from "#contracts/generation.ts";
import { ActInput, InstallInput, TaskInput } from "#contracts/models.ts";
import { publicProcedure, router } from "./trpc.ts";

export const modelRouter = router({
  lexicon: publicProcedure.input(ModelId).query(({ ctx, input }) => ctx.aria.readLexicon(input)),

  act: publicProcedure
    .input(ActInput)
    .mutation(({ ctx, input }) => ctx.aria.modelKeeper.act(input.action, input.modelId)),

  remove: publicProcedure.input(ModelId).mutation(({ ctx, input }) => ctx.aria.modelKeeper.remove(input)),

  plan: publicProcedure.input(InstallInput).mutation(({ ctx, input }) => ctx.aria.modelKeeper.plan(input)),

  start: publicProcedure.input(TaskInput).mutation(({ ctx, input }) => ctx.aria.modelKeeper.start(input)),

  tasks: publicProcedure.query(({ ctx }) => ctx.aria.modelKeeper.tasks()),

  cancel: publicProcedure.input(z.uuid()).mutation(({ ctx, input }) => ctx.aria.modelKeeper.cancel(input)),

  catalogue: publicProcedure.query(({ ctx }) => ctx.aria.modelKeeper.catalogue()),
});
