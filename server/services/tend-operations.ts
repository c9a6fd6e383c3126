import { AriaError } from "#contracts/errors.ts";
import type { OrderId } from "#contracts/order.ts";
import type { ApiKeyId } from "#contracts/people.ts";
import type { Ports } from "#server/ports.ts";
import { makeCancelOrder } from "./cancel-order.ts";
import { makeForgetLearned } from "./give-feedback.ts";

type Deps = Pick<Ports, "artists" | "generator" | "learning" | "metrics" | "operations" | "orders" | "now">;

/** What whoever looks after Aria does with anybody's orders, artists and keys. Each throws NOT_FOUND, or CONFLICT where it is too late. */
export function makeTendOperations(deps: Deps) {
  const { operations, now } = deps;
  const refuse = async (id: OrderId, reason: string): Promise<never> => {
    if (!(await operations.isOrder(id))) throw new AriaError("NOT_FOUND", { kind: "order", id });
    throw new AriaError("CONFLICT", { reason });
  };
  return {
    cancel: makeCancelOrder(deps),
    forgetLearned: makeForgetLearned(deps),
    async toFront(id: OrderId): Promise<void> {
      if (!(await operations.toFront(id))) await refuse(id, "It does not wait any more.");
    },
    async retry(id: OrderId): Promise<void> {
      if (!(await operations.retry(id, now()))) await refuse(id, "It neither failed nor was cancelled.");
    },
    async revokeKey(id: ApiKeyId): Promise<void> {
      if (!(await operations.revokeKey(id, now()))) throw new AriaError("NOT_FOUND", { kind: "key", id });
    },
  };
}
