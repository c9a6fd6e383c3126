import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { isBearing, inferenceKey as keyOfInference, readTicket } from "#inference/transport/tickets.ts";
import { inferenceKey, signTicket } from "#server/transport/tickets.ts";

const SECRET = "s".repeat(32);
const now = new Date("2026-11-21T12:00:00Z");
const orderId = randomUUID();
const ticket = signTicket(SECRET, orderId, now);

it("lets inference read what web signed, for ten minutes", () => {
  expect(readTicket(SECRET, ticket, now.getTime())).toBe(orderId);
  expect(readTicket(SECRET, ticket, now.getTime() + 10 * 60_000)).toBeNull();
});

it.each([
  ["another order's id", ticket.replace(orderId, randomUUID())],
  ["a later end", ticket.replace(String(now.getTime() + 600_000), String(now.getTime() + 6_000_000))],
  ["a changed signature", `${ticket.slice(0, -2)}AA`],
  ["no signature", ticket.split(".").slice(0, 2).join(".")],
  ["something behind it", `${ticket}.x`],
  ["nothing in it", ""],
])("admits nobody by a ticket with %s", (_what, forged) => {
  expect(readTicket(SECRET, forged, now.getTime())).toBeNull();
});

it("admits nobody by a ticket of another secret", () => {
  expect(readTicket("t".repeat(32), ticket, now.getTime())).toBeNull();
});

it("lets inference know by its key who asks over a network", () => {
  const key = inferenceKey(SECRET);
  expect(keyOfInference(SECRET)).toBe(key);
  expect(isBearing(key, `Bearer ${key}`)).toBe(true);
  for (const forged of [undefined, "", key, `Bearer ${key}x`, `Bearer ${inferenceKey("t".repeat(32))}`])
    expect(isBearing(key, forged)).toBe(false);
});
