import { AriaError } from "#contracts/errors.ts";
import { OrderId, PlaceOrderInput } from "#contracts/order.ts";
import { publicProcedure, router } from "./trpc.ts";

export const orderRouter = router({
  place: publicProcedure.input(PlaceOrderInput).mutation(({ ctx, input }) => ctx.aria.placeOrder(input)),

  byId: publicProcedure.input(OrderId).query(async ({ ctx, input: id }) => {
    const order = await ctx.aria.orders.get(id);
    if (!order) throw new AriaError("NOT_FOUND", { kind: "order", id });
    return order;
  }),

  current: publicProcedure.query(({ ctx }) => ctx.aria.orders.current()),

  cancel: publicProcedure.input(OrderId).mutation(({ ctx, input }) => ctx.aria.cancelOrder(input)),

  ticket: publicProcedure.input(OrderId).query(async ({ ctx, input: id }) => {
    if (!(await ctx.aria.orders.get(id))) throw new AriaError("NOT_FOUND", { kind: "order", id });
    return { ticket: ctx.ticketFor(id) };
  }),
});
