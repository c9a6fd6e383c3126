"use client";
import { type Operation, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import superjson from "superjson";
import type { AppRouter } from "#server/transport/trpc/app-router.ts";
import { keep, SYNC_TAG } from "./outbox.ts";

/** What may wait: said once it is said, and the same when it is said twice. */
const MAY_WAIT = new Set(["order.place", "mind.react", "mind.takeBack", "mind.settleDuel"]);

/** Thrown in place of an answer: it is kept, and will be sent. */
export class KeptForLater extends Error {
  override readonly name = "KeptForLater";
}
export const isKeptForLater = (error: unknown): boolean =>
  error instanceof TRPCClientError && error.cause?.name === "KeptForLater";

type WithSync = ServiceWorkerRegistration & { readonly sync?: { register(tag: string): Promise<void> } };

/** Asks the browser to wake the worker once there is a network; where it cannot, the page itself will ask when it is back. */
async function askForSync(): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as WithSync | undefined;
  await registration?.sync?.register(SYNC_TAG).catch(() => {});
}

const idOf = (input: unknown): string =>
  typeof input === "object" && input !== null && "id" in input && typeof input.id === "string"
    ? input.id
    : crypto.randomUUID();

/** An order has its id before it is first sent, so that it is the same one when it is sent again. */
function named(op: Operation): Operation {
  if (op.path !== "order.place") return op;
  const input = op.input as object;
  if ("id" in input && input.id) return op;
  op.input = { ...input, id: crypto.randomUUID() };
  return op;
}

/** Keeps what could not be sent for want of a network. */
export const outboxLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) =>
      next(named(op)).subscribe({
        next: (value) => observer.next(value),
        complete: () => observer.complete(),
        error: (error) => {
          const isLost = !error.data && op.signal?.aborted !== true;
          if (op.type !== "mutation" || !isLost || !MAY_WAIT.has(op.path)) return observer.error(error);
          const parcel = { id: idOf(op.input), path: op.path, body: JSON.stringify(superjson.serialize(op.input)) };
          void keep(parcel).then(
            () => {
              void askForSync();
              observer.error(TRPCClientError.from(new KeptForLater(op.path)));
            },
            () => observer.error(error),
          );
        },
      }),
    );
