"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import { isKeptForLater } from "#app/pwa/outbox-link.ts";
import { useTRPC } from "#app/trpc.ts";
import { useTell } from "#app/ui/toaster.tsx";
import { type Order, OrderId, type PlaceOrderInput } from "#contracts/order.ts";
import { Candidates } from "./candidates.tsx";
import { Easel } from "./easel.tsx";
import { OrderForm } from "./order-form.tsx";
import { Readiness } from "./readiness.tsx";
import { useShownOrder } from "./use-shown-order.ts";

/** No answer came, as opposed to a refusal: worth another try. */
const isLost = (failures: number, error: { data?: unknown }): boolean =>
  failures < 2 && !error.data && !isKeptForLater(error);
const PULSE_MS = { ready: 30_000, waking: 1_500 };

export function Studio() {
  const trpc = useTRPC();
  const { order: shown, orderId, show } = useShownOrder();
  const health = useQuery(
    trpc.health.whole.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.ready ? PULSE_MS.ready : PULSE_MS.waking),
    }),
  );
  const t = useTranslations("pwa");
  const tell = useTell();
  const tellKept = (error: unknown) => isKeptForLater(error) && tell(t("orderKept"));
  const easel = useRef<HTMLElement>(null);
  const begin = ({ id }: Order): void => {
    show(id);
    // On a phone the easel hangs below the form.
    easel.current?.scrollIntoView({ block: "nearest" });
  };
  const place = useMutation(trpc.order.place.mutationOptions({ onSuccess: begin, retry: isLost, onError: tellKept }));
  const problem = isKeptForLater(place.error) ? null : place.error;
  // Its id is made here, so that an answer lost on the way does not become a second painting.
  const order = (input: PlaceOrderInput) => place.mutate({ ...input, id: OrderId.parse(crypto.randomUUID()) });
  return (
    <div className="grid items-start gap-8 lg:grid-cols-[22rem_1fr] lg:gap-12">
      <h1 className="sr-only">Studio</h1>
      <div className="grid gap-4">
        <Readiness health={health.data} unreachable={health.isError} />
        <OrderForm
          models={health.data?.models ?? []}
          device={health.data?.device}
          isPlacing={place.isPending}
          problem={problem}
          onPlace={order}
        />
      </div>
      <section ref={easel} aria-label="Easel" className="grid scroll-my-4 gap-6">
        <Easel key={orderId} order={shown} isLoading={orderId !== null && shown === null} onAgain={order} />
        {shown?.state === "done" && <Candidates order={shown} />}
      </section>
    </div>
  );
}
