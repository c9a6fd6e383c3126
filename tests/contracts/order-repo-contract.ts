import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { ArtworkId } from "#contracts/artwork.ts";
import { OrderId } from "#contracts/order.ts";
import type { ArtworkRepo, Finish, NewOrder, OrderRepo } from "#server/ports.ts";

const START = Date.UTC(2026, 0, 1);
export const at = (second: number) => new Date(START + second * 1_000);

export const newOrder = (second = 0): NewOrder => ({
  id: OrderId.parse(randomUUID()),
  prompt: "a lighthouse",
  negativePrompt: "",
  modelId: "aria",
  widthPx: 256,
  heightPx: 256,
  steps: 8,
  guidance: 3.5,
  guidanceStop: 0.75,
  sampler: "dpmpp-2m",
  scheduleType: "karras",
  underpainting: null,
  sketch: null,
  count: 2,
  seed: 4_294_967_295,
  createdAt: at(second),
});

const sha = (digit: string) => digit.repeat(64);

export const finishAt = (second: number): Finish => ({
  candidates: [0, 1].map((index) => ({
    index,
    seed: index,
    sha256: sha(String(index)),
    bytes: 100,
    thumbhash: "3OcRJYB4d3h/iIeHeEh3eIhw+j2w",
    scores: { agreement: 0.75, sharpness: 0.5, exposure: 0.25, contrast: 0.125, clipping: 1, soundness: null },
    score: 0.5,
  })),
  keptIndex: 1,
  reason: "Kept the second of 2.",
  modelHash: "0123456789ab",
  artworkId: ArtworkId.parse(randomUUID()),
  at: at(second),
});

const LEASE_MS = 15_000;

/** Every pair of OrderRepo and ArtworkRepo, the in-memory fakes of the tests included, keeps this. */
export function repoContract(name: string, empty: () => Promise<{ orders: OrderRepo; artworks: ArtworkRepo }>) {
  describe(`${name} keeps the repository contract`, () => {
    let orders: OrderRepo;
    let artworks: ArtworkRepo;
    beforeEach(async () => {
      ({ orders, artworks } = await empty());
    });
    const painted = async (second: number) => {
      const order = await orders.place(newOrder(second));
      const claim = await orders.claim(order.id, LEASE_MS, at(second));
      const finish = finishAt(second);
      await orders.finish(order.id, claim?.fence ?? 0, finish);
      return finish.artworkId;
    };

    it("gives back the order as it was placed, and the first one when it is placed again", async () => {
      const order = newOrder();
      expect(await orders.place(order)).toMatchObject({ ...order, state: "waiting", candidates: [] });
      expect(await orders.place({ ...order, prompt: "something else" })).toMatchObject({ prompt: "a lighthouse" });
      expect(await orders.get(newOrder().id)).toBeNull();
    });

    it("lets one worker claim a waiting order, and another only once its lease has run out", async () => {
      const { id } = await orders.place(newOrder());
      expect(await orders.claim(id, LEASE_MS, at(0))).toMatchObject({ fence: 1, attempts: 1 });
      expect(await orders.claim(id, LEASE_MS, at(14))).toBeNull();
      expect(await orders.renew(id, 1, LEASE_MS, at(14))).toBe(true);
      expect(await orders.claim(id, LEASE_MS, at(20))).toBeNull();
      expect(await orders.claim(id, LEASE_MS, at(30))).toMatchObject({ fence: 2, attempts: 2 });
    });

    it("lets nobody but the latest claim finish, fail, renew or release", async () => {
      const { id } = await orders.place(newOrder());
      await orders.claim(id, LEASE_MS, at(0));
      await orders.claim(id, LEASE_MS, at(60));
      const failure = { code: "GENERATION_FAILED", message: "blank" } as const;
      expect(await orders.finish(id, 1, finishAt(61))).toBe(false);
      expect(await orders.fail(id, 1, failure, at(61))).toBe(false);
      expect(await orders.renew(id, 1, LEASE_MS, at(61))).toBe(false);
      expect(await orders.release(id, 1, { now: at(61), refusedForMs: null })).toBe(false);
      expect(await artworks.page({ limit: 10 })).toEqual({ items: [], next: null });
      expect(await orders.finish(id, 2, finishAt(62))).toBe(true);
      expect(await orders.finish(id, 2, finishAt(63))).toBe(false);
      expect((await artworks.page({ limit: 10 })).items).toHaveLength(1);
    });

    it("does not count a claim that was given back as an attempt, but counts refusals", async () => {
      const { id } = await orders.place(newOrder());
      await orders.claim(id, LEASE_MS, at(0));
      expect(await orders.release(id, 1, { now: at(1), refusedForMs: null })).toBe(true);
      expect(await orders.claim(id, LEASE_MS, at(1))).toMatchObject({ fence: 2, attempts: 1, refusals: 0 });
      expect(await orders.release(id, 2, { now: at(2), refusedForMs: 5_000 })).toBe(true);
      expect(await orders.claim(id, LEASE_MS, at(7))).toMatchObject({ fence: 3, attempts: 1, refusals: 1 });
    });

    it("keeps a cancelled order without an artwork, whatever its worker does afterwards", async () => {
      const { id } = await orders.place(newOrder());
      await orders.claim(id, LEASE_MS, at(0));
      expect(await orders.cancel(id, at(1))).toBe(true);
      expect(await orders.cancel(id, at(2))).toBe(false);
      expect(await orders.finish(id, 1, finishAt(3))).toBe(false);
      expect(await orders.get(id)).toMatchObject({ state: "cancelled", artworkId: null });
    });

    it("shows a finished order with its candidates, the kept one marked, and the artwork with its settings", async () => {
      const { id } = await orders.place(newOrder());
      await orders.claim(id, LEASE_MS, at(0));
      const finish = finishAt(1);
      await orders.finish(id, 1, finish);
      const order = await orders.get(id);
      expect(order?.candidates.map(({ kept }) => kept)).toEqual([false, true]);
      expect(order).toMatchObject({
        state: "done",
        artworkId: finish.artworkId,
        reason: finish.reason,
        seed: 4_294_967_295,
      });
      const artwork = await artworks.get(finish.artworkId);
      expect(artwork).toMatchObject({ orderId: id, seed: 1, imageUrl: `/images/${sha("1")}`, trashedAt: null });
      expect(artwork).toMatchObject({
        scores: { sharpness: 0.5, agreement: 0.75, soundness: null },
        settings: { modelId: "aria", steps: 8 },
      });
    });

    it("calls current what is painted, else what waits first, else the last there was", async () => {
      expect(await orders.current()).toBeNull();
      await painted(1);
      await painted(2);
      expect(await orders.current()).toMatchObject({ state: "done", createdAt: at(2) });
      const later = await orders.place(newOrder(4));
      const first = await orders.place(newOrder(3));
      expect(await orders.current()).toMatchObject({ id: first.id, state: "waiting" });
      await orders.claim(later.id, LEASE_MS, at(5));
      expect(await orders.current()).toMatchObject({ id: later.id, state: "painting" });
    });

    it("knows the files of its candidates, kept or not, and the sketches of its orders", async () => {
      await painted(1);
      const drawn = await orders.place({ ...newOrder(2), sketch: sha("a") });
      expect(drawn.sketch).toBe(sha("a"));
      expect(await orders.knownFiles([sha("a"), sha("b")])).toEqual(new Set([sha("a")]));
      expect(await orders.knownFiles([sha("0"), sha("1"), sha("2")])).toEqual(new Set([sha("0"), sha("1")]));
      expect(await orders.knownFiles([])).toEqual(new Set());
    });

    it("pages artworks newest first, each once, even among equal dates, and without the trash", async () => {
      const ids: ArtworkId[] = [];
      for (const second of [2, 1, 3, 2, 2]) ids.push(await painted(second));
      expect(await artworks.mark(ids[1]!, at(9))).toBe(true);
      const seen: { id: ArtworkId; createdAt: Date }[] = [];
      let cursor: Awaited<ReturnType<ArtworkRepo["page"]>>["next"] = null;
      do {
        const page = await artworks.page({ cursor, limit: 2 });
        seen.push(...page.items);
        cursor = page.next;
      } while (cursor);
      expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(ids.filter((_, i) => i !== 1)));
      expect(seen).toHaveLength(4);
      expect(seen.map((a) => +a.createdAt)).toEqual(seen.map((a) => +a.createdAt).sort((a, b) => b - a));
      expect(await artworks.mark(ids[1]!, null)).toBe(true);
      expect((await artworks.page({ limit: 60 })).items).toHaveLength(5);
      expect(await artworks.mark(ArtworkId.parse(randomUUID()), null)).toBe(false);
    });

    it("finds the orders whose worker died", async () => {
      const { id } = await orders.place(newOrder());
      await orders.claim(id, LEASE_MS, at(0));
      expect(await orders.requeueAbandoned(at(10))).toBe(0);
      expect(await orders.requeueAbandoned(at(20))).toBe(1);
      expect(await orders.get(id)).toMatchObject({ state: "waiting" });
      expect(await orders.requeueAbandoned(at(20))).toBe(0);
      expect(await orders.claim(id, LEASE_MS, at(21))).toMatchObject({ attempts: 2 });
    });
  });
}
