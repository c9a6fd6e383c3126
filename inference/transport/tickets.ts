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

/** What studio and web bear when they ask inference for something over a network: HMAC-SHA256 of "inference", base64url. */
export const inferenceKey = (secret: string): string =>
  createHmac("sha256", secret).update("inference").digest("base64url");

export function isBearing(key: string, authorization: string | undefined): boolean {
  const [given, wanted] = [Buffer.from(authorization ?? ""), Buffer.from(`Bearer ${key}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
