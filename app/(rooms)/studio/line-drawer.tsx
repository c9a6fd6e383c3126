"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#app/trpc.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { LineIcon } from "#app/ui/line-icon.tsx";
import { Problem } from "#app/ui/problem.tsx";
import type { Order, OrderId } from "#contracts/order.ts";

const LOOK_EVERY_MS = { open: 1_500, closed: 5_000 };

/** The line of orders: how long it is in passing, and all of it when it is opened. */
export function LineDrawer({ shown, onShow }: { shown: OrderId | null; onShow: (id: OrderId) => void }) {
  const t = useTranslations("line");
  const trpc = useTRPC();
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery(
    trpc.order.line.queryOptions(undefined, { refetchInterval: isOpen ? LOOK_EVERY_MS.open : LOOK_EVERY_MS.closed }),
  );
  const waiting = data?.orders.filter(({ state }) => state === "waiting").length ?? 0;
  if (!data || (data.orders.length === 0 && !data.isPaused && !isOpen)) return null;
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex min-h-11 items-center justify-between gap-3 rounded-lg border border-line px-3 text-sm hover:border-muted"
      >
        <span>{data.isPaused ? t("paused") : t("waiting", { count: waiting })}</span>
        <span className="text-muted">{t("open")}</span>
      </button>
      {isOpen && (
        <Dialog title={t("title")} onClose={() => setOpen(false)}>
          <Line orders={data.orders} isPaused={data.isPaused} shown={shown} onShow={onShow} />
        </Dialog>
      )}
    </>
  );
}

interface LineProps {
  readonly orders: readonly Order[];
  readonly isPaused: boolean;
  readonly shown: OrderId | null;
  readonly onShow: (id: OrderId) => void;
}

function Line({ orders, isPaused, shown, onShow }: LineProps) {
  const t = useTranslations("line");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const settle = { onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.order.pathKey() }) };
  const pause = useMutation(trpc.order.setPaused.mutationOptions(settle));
  const move = useMutation(trpc.order.move.mutationOptions(settle));
  const cancel = useMutation(trpc.order.cancel.mutationOptions(settle));
  const restore = useMutation(trpc.order.restore.mutationOptions(settle));
  /** The last that was cancelled. A toast would lie behind this dialog, out of reach. */
  const [taken, setTaken] = useState<Order | null>(null);
  const waiting = orders.filter(({ state }) => state === "waiting");
  const take = (order: Order) => cancel.mutate(order.id, { onSuccess: () => setTaken(order) });
  return (
    <>
      <div className="flex items-center justify-between gap-4">
        <p className="text-muted text-sm">{t(isPaused ? "pausedNote" : "note")}</p>
        <Button onClick={() => pause.mutate(!isPaused)} disabled={pause.isPending}>
          <LineIcon name={isPaused ? "play" : "pause"} /> {t(isPaused ? "goOn" : "pause")}
        </Button>
      </div>
      <Problem error={pause.error ?? move.error ?? cancel.error ?? restore.error} />
      {taken && (
        <p role="status" className="flex items-center justify-between gap-3 text-sm">
          {t("cancelled", { theme: taken.theme || t("hers") })}
          <button
            type="button"
            onClick={() => restore.mutate(taken.id, { onSuccess: () => setTaken(null) })}
            className="min-h-10 px-2 font-medium text-accent"
          >
            {t("undo")}
          </button>
        </p>
      )}
      {orders.length === 0 && <p className="py-4 text-muted">{t("empty")}</p>}
      <ol className="-mx-2 grid max-h-[60dvh] overflow-y-auto">
        {orders.map((order) => {
          const at = waiting.indexOf(order);
          return (
            <li key={order.id} className="flex items-center gap-1 rounded-lg px-2 hover:bg-mat">
              <button
                type="button"
                onClick={() => onShow(order.id)}
                aria-current={order.id === shown}
                className="min-h-14 min-w-0 flex-1 text-left"
              >
                <span className="block truncate">{order.title ?? (order.theme || t("hers"))}</span>
                <span className="block text-muted text-xs">
                  {t(order.state === "painting" ? "painting" : "place", { place: at + 1 })}
                </span>
              </button>
              {at >= 0 && (
                <>
                  <IconButton
                    icon="up"
                    label={t("sooner")}
                    disabled={at === 0}
                    onClick={() => move.mutate({ id: order.id, before: waiting[at - 1]!.id })}
                  />
                  <IconButton
                    icon="down"
                    label={t("later")}
                    disabled={at === waiting.length - 1}
                    onClick={() => move.mutate({ id: order.id, before: waiting[at + 2]?.id ?? null })}
                  />
                </>
              )}
              <IconButton icon="close" label={t("cancel")} onClick={() => take(order)} />
            </li>
          );
        })}
      </ol>
    </>
  );
}
