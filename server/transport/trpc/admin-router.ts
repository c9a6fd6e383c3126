import { AriaError } from "#contracts/errors.ts";
import { ArtistId } from "#contracts/mind.ts";
import { AuditPageInput, OverviewInput, TrendsInput } from "#contracts/operations.ts";
import { OrderId } from "#contracts/order.ts";
import { ApiKeyId } from "#contracts/people.ts";
import { adminProcedure, router } from "./trpc.ts";

/** Of everybody's, for whoever looks after Aria. */
export const adminRouter = router({
  queue: adminProcedure.query(({ ctx }) => ctx.aria.operations.queue()),

  overview: adminProcedure.input(OverviewInput).query(({ ctx, input }) => ctx.aria.operations.overview(input)),

  trends: adminProcedure.input(TrendsInput).query(({ ctx, input }) => ctx.aria.operations.trends(input)),

  learned: adminProcedure.query(({ ctx }) => ctx.aria.operations.learned()),

  holdings: adminProcedure.query(({ ctx }) => ctx.aria.operations.holdings()),

  keys: adminProcedure.query(({ ctx }) => ctx.aria.operations.keys()),

  audit: adminProcedure.input(AuditPageInput).query(({ ctx, input }) => ctx.aria.operations.audit.page(input)),

  auditFacets: adminProcedure.query(({ ctx }) => ctx.aria.operations.audit.facets()),

  /** To watch it being painted, whosever it is. */
  ticket: adminProcedure.input(OrderId).query(async ({ ctx, input: id }) => {
    if (!(await ctx.aria.operations.isOrder(id))) throw new AriaError("NOT_FOUND", { kind: "order", id });
    return { ticket: ctx.ticketFor(id) };
  }),

  cancel: adminProcedure.input(OrderId).mutation(async ({ ctx, input }) => {
    await ctx.aria.operations.cancel(input);
  }),

  toFront: adminProcedure.input(OrderId).mutation(({ ctx, input }) => ctx.aria.operations.toFront(input)),

  retry: adminProcedure.input(OrderId).mutation(({ ctx, input }) => ctx.aria.operations.retry(input)),

  forget: adminProcedure.input(ArtistId).mutation(({ ctx, input }) => ctx.aria.operations.forgetLearned(input)),

  revokeKey: adminProcedure.input(ApiKeyId).mutation(({ ctx, input }) => ctx.aria.operations.revokeKey(input)),
});
