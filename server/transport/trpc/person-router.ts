import {
  ApiKeyId,
  CreateApiKeyInput,
  CreatePersonInput,
  OwnPasswordInput,
  PersonId,
  ProfileInput,
  SetPasswordInput,
  SetRoleInput,
} from "#contracts/people.ts";
import { adminProcedure, inPersonProcedure, memberProcedure, router } from "./trpc.ts";

export const personRouter = router({
  self: memberProcedure.query(({ ctx }) => ctx.aria.people.self(ctx.caller.personId)),

  setProfile: inPersonProcedure
    .input(ProfileInput)
    .mutation(({ ctx, input }) => ctx.aria.people.setProfile(ctx.caller.personId, input)),

  setOwnPassword: inPersonProcedure
    .input(OwnPasswordInput)
    .mutation(({ ctx, input }) => ctx.aria.people.setOwnPassword(ctx.caller.personId, input)),

  keys: memberProcedure.query(({ ctx }) => ctx.aria.people.keys(ctx.caller.personId)),

  createKey: inPersonProcedure
    .input(CreateApiKeyInput)
    .mutation(({ ctx, input }) => ctx.aria.people.createKey(ctx.caller.personId, input)),

  revokeKey: inPersonProcedure
    .input(ApiKeyId)
    .mutation(({ ctx, input }) => ctx.aria.people.revokeKey(ctx.caller.personId, input)),

  list: adminProcedure.query(({ ctx }) => ctx.aria.people.list()),

  create: adminProcedure.input(CreatePersonInput).mutation(({ ctx, input }) => {
    ctx.note(input.role);
    return ctx.aria.people.create(input);
  }),

  setRole: adminProcedure.input(SetRoleInput).mutation(async ({ ctx, input }) => {
    const { name, role } = await ctx.aria.people.setRole(input.id, input.role);
    ctx.note(`${name}: ${role} → ${input.role}`);
  }),

  setPassword: adminProcedure.input(SetPasswordInput).mutation(async ({ ctx, input }) => {
    ctx.note((await ctx.aria.people.setPassword(input.id, input.password)).name);
  }),

  remove: adminProcedure.input(PersonId).mutation(async ({ ctx, input }) => {
    ctx.note((await ctx.aria.people.remove(input)).name);
  }),
});
