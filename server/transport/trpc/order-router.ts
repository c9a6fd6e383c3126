import { AriaError } from "#contracts/errors.ts";
import { MoveOrderInput, OrderId, PauseInput, PlaceOrderInput } from "#contracts/order.ts";
import { adminProcedure, memberProcedure, router } from "./trpc.ts";

const SHOWN_THEMES = 12;

export const orderRouter = router({
  place: memberProcedure.input(PlaceOrderInput).mutation(({ ctx, input }) => ctx.aria.placeOrder(input)),

  byId: memberProcedure.input(OrderId).query(async ({ ctx, input: id }) => {
    const order = await ctx.aria.orders.get(id);
    if (!order) throw new AriaError("NOT_FOUND", { kind: "order", id });
    return order;
  }),

  current: memberProcedure.query(({ ctx }) => ctx.aria.orders.current()),

  line: memberProcedure.query(async ({ ctx }) => {
    const [orders, isPaused] = await Promise.all([ctx.aria.line.list(), ctx.aria.line.isPaused()]);
    return { orders, isPaused };
  }),

  move: memberProcedure.input(MoveOrderInput).mutation(async ({ ctx, input: { id, before } }) => {
    if (!(await ctx.aria.line.move(id, before)))
      throw new AriaError("CONFLICT", { reason: "It does not wait any more." });
  }),

  restore: memberProcedure.input(OrderId).mutation(async ({ ctx, input: id }) => {
    if (!(await ctx.aria.line.restore(id)))
      throw new AriaError("CONFLICT", { reason: "It is not cancelled any more." });
  }),

  setPaused: adminProcedure.input(PauseInput).mutation(({ ctx, input }) => {
    ctx.note(input ? "paused" : "resumed");
    return ctx.aria.line.setPaused(input);
  }),

  themes: memberProcedure.query(({ ctx }) => ctx.aria.orders.themes(SHOWN_THEMES)),

  cancel: memberProcedure.input(OrderId).mutation(({ ctx, input }) => ctx.aria.cancelOrder(input)),

  ticket: memberProcedure.input(OrderId).query(async ({ ctx, input: id }) => {
    if (!(await ctx.aria.orders.get(id))) throw new AriaError("NOT_FOUND", { kind: "order", id });
    return { ticket: ctx.ticketFor(id) };
  }),
});
