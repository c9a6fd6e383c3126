"use client";
import { type Operation, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import superjson from "superjson";
import type { AppRouter } from "#server/transport/trpc/app-router.ts";
import { keep, SYNC_TAG, waitingOf } from "./outbox.ts";

/** What may wait: said once it is said, and the same when it is said twice. */
const MAY_WAIT = new Set(["order.place", "mind.react", "mind.takeBack", "mind.settleDuel"]);

/** Thrown in place of an answer: it is kept, and will be sent. */
export class KeptForLater extends Error {
  override readonly name = "KeptForLater";
}
export const isKeptForLater = (error: unknown): boolean =>
  error instanceof TRPCClientError && error.cause?.name === "KeptForLater";

type WithSync = ServiceWorkerRegistration & { readonly sync?: { register(tag: string): Promise<void> } };

/** Asks the worker to send now, and the browser to wake it once there is a network; where it cannot, the page asks again. */
async function askForDelivery(): Promise<void> {
  navigator.serviceWorker?.controller?.postMessage({ type: "DELIVER" });
  const registration = (await navigator.serviceWorker?.getRegistration()) as WithSync | undefined;
  await registration?.sync?.register(SYNC_TAG).catch(() => {});
}

/** An order has its id before it is first sent, so that it is the same one when it is sent again. */
function named(op: Operation): Operation {
  if (op.path !== "order.place") return op;
  const input = op.input as { id?: string };
  return input.id ? op : { ...op, input: { ...input, id: crypto.randomUUID() } };
}

/** Keeps what could not be sent for want of a network, and what comes after it: so that it arrives in its order. */
export const outboxLink =
  (askerId: string | null): TRPCLink<AppRouter> =>
  () =>
  ({ op: asked, next }) =>
    observable((observer) => {
      const op = named(asked);
      const mayWait = op.type === "mutation" && MAY_WAIT.has(op.path);
      let sent: Unsubscribable | null = null;
      const keepIt = (otherwise: () => void) => {
        const parcel = {
          path: op.path,
          body: JSON.stringify(superjson.serialize(op.input)),
          askerId,
          tries: 0,
        };
        void keep(parcel).then(() => {
          void askForDelivery();
          observer.error(TRPCClientError.from(new KeptForLater(op.path)));
        }, otherwise);
      };
      const send = () => {
        sent = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            const isLost = !error.data && op.signal?.aborted !== true;
            if (mayWait && isLost) keepIt(() => observer.error(error));
            else observer.error(error);
          },
        });
      };
      if (mayWait) waitingOf(askerId).then((parcels) => (parcels.length > 0 ? keepIt(send) : send()), send);
      else send();
      return { unsubscribe: () => sent?.unsubscribe() };
    });
