"use client";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useTRPC } from "#app/trpc.ts";
import { idIn } from "#app/ui/ids.ts";
import type { Order, OrderId } from "#contracts/order.ts";

const WATCH_EVERY_MS = 1_000;
/** An order may be placed elsewhere: by another tab, or by the API. */
const LOOK_EVERY_MS = 5_000;

export const isActive = (order: Order): boolean => order.state === "waiting" || order.state === "painting";

interface ShownOrder {
  readonly orderId: OrderId | null;
  /** Null while it is fetched, and where there is none. */
  readonly order: Order | null;
  readonly show: (id: OrderId) => void;
}

/** The order in the address; without one, what is being painted, else the last that was. Read from the database. */
export function useShownOrder(): ShownOrder {
  const trpc = useTRPC();
  const asked = idIn<OrderId>(useSearchParams().get("order"));
  const current = useQuery(
    trpc.order.current.queryOptions(undefined, { enabled: asked === null, refetchInterval: LOOK_EVERY_MS }),
  );
  const orderId = asked ?? current.data?.id ?? null;
  const { data: order, isError } = useQuery(
    trpc.order.byId.queryOptions(orderId as OrderId, {
      enabled: orderId !== null,
      refetchInterval: ({ state }) => (!state.data || isActive(state.data) ? WATCH_EVERY_MS : false),
    }),
  );
  // Next keeps its search params in step, and asks the server for nothing that is here already.
  const show = (id: OrderId) => window.history.pushState(null, "", `/?order=${id}`);
  return { orderId: isError ? null : orderId, order: order ?? null, show };
}
