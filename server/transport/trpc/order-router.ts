import { AriaError } from "#contracts/errors.ts";
import { MoveOrderInput, OrderId, PauseInput, PlaceOrderInput } from "#contracts/order.ts";
import { publicProcedure, router } from "./trpc.ts";

const SHOWN_THEMES = 12;

export const orderRouter = router({
  place: publicProcedure.input(PlaceOrderInput).mutation(({ ctx, input }) => ctx.aria.placeOrder(input)),

  byId: publicProcedure.input(OrderId).query(async ({ ctx, input: id }) => {
    const order = await ctx.aria.orders.get(id);
    if (!order) throw new AriaError("NOT_FOUND", { kind: "order", id });
    return order;
  }),

  current: publicProcedure.query(({ ctx }) => ctx.aria.orders.current()),

  line: publicProcedure.query(async ({ ctx }) => {
    const [orders, isPaused] = await Promise.all([ctx.aria.line.list(), ctx.aria.line.isPaused()]);
    return { orders, isPaused };
  }),

  move: publicProcedure.input(MoveOrderInput).mutation(async ({ ctx, input: { id, before } }) => {
    if (!(await ctx.aria.line.move(id, before)))
      throw new AriaError("CONFLICT", { reason: "It does not wait any more." });
  }),

  restore: publicProcedure.input(OrderId).mutation(async ({ ctx, input: id }) => {
    if (!(await ctx.aria.line.restore(id)))
      throw new AriaError("CONFLICT", { reason: "It is not cancelled any more." });
  }),

  setPaused: publicProcedure.input(PauseInput).mutation(({ ctx, input }) => ctx.aria.line.setPaused(input)),

  themes: publicProcedure.query(({ ctx }) => ctx.aria.orders.themes(SHOWN_THEMES)),

  cancel: publicProcedure.input(OrderId).mutation(({ ctx, input }) => ctx.aria.cancelOrder(input)),

  ticket: publicProcedure.input(OrderId).query(async ({ ctx, input: id }) => {
    if (!(await ctx.aria.orders.get(id))) throw new AriaError("NOT_FOUND", { kind: "order", id });
    return { ticket: ctx.ticketFor(id) };
  }),
});
