import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { AriaError } from "#contracts/errors.ts";
import type { PaintOrder, PaintReply } from "#contracts/generation.ts";
import { smallOrder } from "#tests/small-order.ts";
import { Paintings } from "./paintings.ts";

const REPLY: PaintReply = { model: { id: "aria", hash: "" }, candidates: [] };

function easel(heirWithinMs = 40) {
  const begun = new Map<string, { done: (reply: PaintReply) => void; fail: (error: unknown) => void }>();
  const paint = ({ orderId }: PaintOrder) =>
    new Promise<PaintReply>((done, fail) => void begun.set(orderId, { done, fail }));
  const cancelled: string[] = [];
  const cancel = (orderId: string) => {
    cancelled.push(orderId);
    begun.get(orderId)?.fail(new AriaError("CANCELLED", { orderId }));
  };
  return { begun, cancelled, paintings: new Paintings({ paint, cancel, heirWithinMs }) };
}

it("paints an order once, however many ask for it, and forgets it once it was taken", async () => {
  const { begun, paintings } = easel();
  const order = smallOrder({});
  const [one, two] = [paintings.ask(order), paintings.ask({ ...order })];
  expect([begun.size, paintings.size]).toEqual([1, 1]);
  begun.get(order.orderId)!.done(REPLY);
  expect(await Promise.all([one.reply, two.reply])).toEqual([REPLY, REPLY]);
  one.leave(true);
  two.leave(true);
  expect(paintings.size).toBe(0);
});

it("goes on for one who comes after whoever asked is gone, and breaks off where nobody comes", async () => {
  const { begun, cancelled, paintings } = easel();
  const order = smallOrder({});
  paintings.ask(order).leave(false);
  await sleep(10);
  const heir = paintings.ask(order);
  await sleep(60);
  expect(cancelled).toEqual([]);
  heir.leave(false);
  await expect(heir.reply).rejects.toMatchObject({ code: "CANCELLED" });
  expect([cancelled, begun.size, paintings.size]).toEqual([[order.orderId], 1, 0]);
});

it("keeps what was painted for an heir, but not for ever", async () => {
  const { begun, paintings } = easel();
  const order = smallOrder({});
  paintings.ask(order).leave(false);
  begun.get(order.orderId)!.done(REPLY);
  await sleep(5);
  const heir = paintings.ask(order);
  expect([await heir.reply, begun.size]).toEqual([REPLY, 1]);
  heir.leave(false);
  await sleep(80);
  expect(paintings.size).toBe(0);
});

it("refuses another order of the same id, and begins one anew that failed", async () => {
  const { begun, paintings } = easel();
  const order = smallOrder({});
  const first = paintings.ask(order);
  expect(() => paintings.ask({ ...order, steps: order.steps + 1 })).toThrow(/CONFLICT/);
  begun.get(order.orderId)!.fail(new AriaError("BUSY", { retryAfterMs: 1 }));
  await expect(first.reply).rejects.toMatchObject({ code: "BUSY" });
  first.leave(true);
  const again = paintings.ask(order);
  begun.get(order.orderId)!.done(REPLY);
  expect(await again.reply).toBe(REPLY);
});

it("begins nothing more while it leaves, and breaks off what nobody waits for", async () => {
  const { cancelled, begun, paintings } = easel(60_000);
  const [left, waited] = [smallOrder({}), smallOrder({})];
  paintings.ask(left).leave(false);
  const asked = paintings.ask(waited);
  paintings.close();
  expect(cancelled).toEqual([left.orderId]);
  expect(() => paintings.ask(smallOrder({}))).toThrow(/BUSY/);
  begun.get(waited.orderId)!.done(REPLY);
  expect(await asked.reply).toBe(REPLY);
});
