/** Orders that come in over REST: placed once a key, waited for, and cancelled where nobody waits any more. */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { AriaError, type ErrorCode, HTTP_STATUS } from "#contracts/errors.ts";
import { AskedSettings, type Order, OrderId, type PlaceOrderInput } from "#contracts/order.ts";
import type { Container } from "#server/container.ts";

type Aria = Pick<Container, "cancelOrder" | "orders" | "owner" | "placeOrder">;

/** As draft-ietf-httpapi-idempotency-key-header has it. */
const KEY_HEADER = "idempotency-key";
const KEY = /^[\x21-\x7e]{1,255}$/;
const POLL_MS = 150;

/** The order's id where the caller gave the request a key; one person's key means the same at every door. Throws INVALID. */
function idFrom(request: Request, owner: Aria["owner"]): OrderId | undefined {
  const key = request.headers.get(KEY_HEADER);
  if (key === null) return undefined;
  if (!KEY.test(key))
    throw new AriaError("INVALID", { field: KEY_HEADER, reason: "must be 1 to 255 visible characters" });
  const hex = createHash("sha256").update(`order ${owner} ${key}`).digest("hex");
  // A UUID of version 8 (RFC 9562): its bits are ours to choose.
  return OrderId.parse(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  );
}

export interface PlacedOnce {
  readonly order: Order;
  /** It can be asked for again, so that who goes away need not have given up. */
  readonly isKeyed: boolean;
}

/** Throws CONFLICT where the key was another request's, and what placing an order does. */
export async function placeOnce(aria: Aria, request: Request, input: PlaceOrderInput): Promise<PlacedOnce> {
  const id = idFrom(request, aria.owner);
  const order = await aria.placeOrder(id === undefined ? input : { ...input, id });
  if (id !== undefined && !isOf(order, input))
    throw new AriaError("CONFLICT", { reason: "This Idempotency-Key was used for another request." });
  return { order, isKeyed: id !== undefined };
}

/** Whether the order was placed by this very request. */
const isOf = (order: Order, input: PlaceOrderInput): boolean =>
  order.theme === input.prompt &&
  order.negativePrompt === input.negativePrompt &&
  order.count === input.count &&
  order.enhance === input.enhance &&
  (input.seed === undefined || order.seed === input.seed) &&
  isDeepStrictEqual(told(order.asked), told(AskedSettings.parse(input)));

/** Without what was left out. */
const told = (asked: AskedSettings): unknown => JSON.parse(JSON.stringify(asked));

/**
 * Asks the database, not the socket: it alone knows that the picture is kept. Throws CANCELLED where the order was, or where
 * the caller goes away: an order without a key is cancelled then.
 */
export async function untilOver(
  aria: Aria,
  { order: placed, isKeyed }: PlacedOnce,
  signal: AbortSignal,
): Promise<Order> {
  let order: Order | null = placed;
  while (order && (order.state === "waiting" || order.state === "painting")) {
    if (signal.aborted) {
      if (!isKeyed) await aria.cancelOrder(placed.id);
      throw new AriaError("CANCELLED", { orderId: placed.id });
    }
    await sleep(POLL_MS);
    order = await aria.orders.get(placed.id);
  }
  if (!order || order.state === "cancelled") throw new AriaError("CANCELLED", { orderId: placed.id });
  return order;
}

/** An order that went wrong while it was painted: its own code, so that nobody tries again what cannot come out. */
export const failureOf = ({ code, message }: NonNullable<Order["failure"]>): { code: ErrorCode; message: string } => ({
  code: isErrorCode(code) ? code : "GENERATION_FAILED",
  message,
});

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(HTTP_STATUS, code);

export const keptFirst = ({ candidates }: Order): Order["candidates"] =>
  candidates.toSorted((a, b) => Number(b.kept) - Number(a.kept));
