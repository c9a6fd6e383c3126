import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The order a ticket admits to, or null if it is forged, malformed or past its time.
 * `<orderId>.<expiresAtMs>.<HMAC-SHA256 of what stands before, base64url>`, signed by web.
 */
export function readTicket(secret: string, ticket: string, nowMs: number): string | null {
  const [orderId, expiresAtMs, signature, ...rest] = ticket.split(".");
  if (!orderId || !expiresAtMs || !signature || rest.length > 0) return null;
  const expected = createHmac("sha256", secret).update(`${orderId}.${expiresAtMs}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return Number(expiresAtMs) > nowMs ? orderId : null;
}
