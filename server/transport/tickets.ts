import { createHmac } from "node:crypto";

const TTL_MS = 10 * 60_000;

/**
 * Admission to one order's room on the generation socket: `<orderId>.<expiresAtMs>.<HMAC-SHA256, base64url>`.
 * inference/transport/tickets.ts reads them; tests/contracts/ticket.test.ts holds the two together.
 */
export function signTicket(secret: string, orderId: string, now: Date): string {
  const body = `${orderId}.${now.getTime() + TTL_MS}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

/** By which inference knows, over a network, that it is Aria who asks; inference/transport/tickets.ts knows it, too. */
export const inferenceKey = (secret: string): string =>
  createHmac("sha256", secret).update("inference").digest("base64url");
