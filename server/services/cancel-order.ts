import { AriaError } from "#contracts/errors.ts";
import type { Order, OrderId } from "#contracts/order.ts";
import type { Ports } from "#server/ports.ts";

type Deps = Pick<Ports, "generator" | "metrics" | "orders" | "now">;

/** Written first, said second: once the row says cancelled no artwork can come of it, whether inference hears or not. */
export function makeCancelOrder({ generator, metrics, orders, now }: Deps) {
  return async function cancelOrder(id: OrderId): Promise<Order> {
    const stopped = await orders.cancel(id, now());
    const order = await orders.get(id);
    if (!order) throw new AriaError("NOT_FOUND", { kind: "order", id });
    if (!stopped && order.state !== "cancelled") {
      throw new AriaError("CONFLICT", { reason: `The order is already ${order.state}.` });
    }
    if (stopped) metrics.orderEnded({ modelId: order.modelId, mood: order.mood, status: "cancelled" });
    await generator.cancel(id);
    return order;
  };
}
