import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { ArtworkId } from "#contracts/artwork.ts";
import { ArtistId } from "#contracts/mind.ts";
import type { Mood } from "#contracts/moods.ts";
import { MOST_WAITING, type Order, OrderId } from "#contracts/order.ts";
import { SeriesId } from "#contracts/series.ts";
import type {
  ArtistRepo,
  ArtworkRepo,
  Decided,
  DuelRepo,
  Finish,
  LearningRepo,
  NewOrder,
  OrderRepo,
  Ports,
  Reaction,
  SeriesRepo,
} from "#server/ports.ts";

const START = Date.UTC(2026, 0, 1);
export const at = (second: number) => new Date(START + second * 1_000);

export const newOrder = (artistId: ArtistId, second = 0): NewOrder => ({
  id: OrderId.parse(randomUUID()),
  artistId,
  theme: "a lighthouse",
  prompt: "a lighthouse",
  asked: { steps: 8 },
  enhance: true,
  own: false,
  parentId: null,
  remix: null,
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
  traceparent: null,
  createdAt: at(second),
});

const sha = (digit: string) => digit.repeat(64);

export const finishAt = (second: number): Finish => ({
  film: null,
  candidates: [0, 1].map((index) => ({
    index,
    seed: index,
    sha256: sha(String(index)),
    bytes: 100,
    thumbhash: "3OcRJYB4d3h/iIeHeEh3eIhw+j2w",
    scores: {
      agreement: 0.75,
      sharpness: 0.5,
      exposure: 0.25,
      contrast: 0.125,
      clipping: 1,
      soundness: null,
      composition: 0.25,
      aesthetic: null,
      taste: null,
    },
    score: 0.5,
    hash: "0123456789abcdef",
    embedding: Float32Array.of(0.6, 0.8),
  })),
  keptIndex: 1,
  reason: "Kept the second of 2.",
  modelHash: "0123456789ab",
  artworkId: ArtworkId.parse(randomUUID()),
  experience: 12,
  memory: "I painted a lighthouse.",
  at: at(second),
});

const LEASE_MS = 15_000;

const decision: Decided = {
  modelId: "aria",
  widthPx: 256,
  heightPx: 256,
  steps: 12,
  guidance: 3.5,
  guidanceStop: 1,
  sampler: "euler",
  scheduleType: "automatic",
  underpainting: null,
  prompt: "a lighthouse, ink wash",
  mood: "melancholic",
  subject: "a lighthouse",
  title: "A Lighthouse, Remembered",
  statement: "I was asked for a lighthouse.",
  choices: [
    { dimension: "style", arm: "ink wash", by: "aria" },
    { dimension: "model", arm: "aria", by: "aria" },
  ],
};
const like: Reaction = { action: "like", reward: 0.85, experience: 8.5, at: at(5) };

/** Every pair of OrderRepo and ArtworkRepo, the in-memory fakes of the tests included, keeps this. */
export function repoContract(
  name: string,
  empty: () => Promise<Pick<Ports, "orders" | "artworks" | "artists" | "learning" | "duels" | "series">>,
) {
  describe(`${name} keeps the repository contract`, () => {
    let orders: OrderRepo;
    let artworks: ArtworkRepo;
    let artists: ArtistRepo;
    let learning: LearningRepo;
    let duels: DuelRepo;
    let series: SeriesRepo;
    let artistId: ArtistId;
    beforeEach(async () => {
      ({ orders, artworks, artists, learning, duels, series } = await empty());
      artistId = (await artists.list())[0]!.id;
    });
    const painted = async (second: number) => {
      const order = await orders.place(newOrder(artistId, second));
      const claim = await orders.claim(order.id, LEASE_MS, at(second));
      const finish = finishAt(second);
      await orders.finish(order.id, claim?.fence ?? 0, finish);
      return finish.artworkId;
    };

    it("gives back the order as it was placed, and the first one when it is placed again", async () => {
      const order = newOrder(artistId);
      const { traceparent: _, ...told } = order;
      expect(await orders.place(order)).toMatchObject({ ...told, state: "waiting", candidates: [] });
      expect(await orders.place({ ...order, prompt: "something else" })).toMatchObject({ prompt: "a lighthouse" });
      expect(await orders.get(newOrder(artistId).id)).toBeNull();
    });

    it("lets one worker claim a waiting order, and another only once its lease has run out", async () => {
      const { id } = await orders.place(newOrder(artistId));
      expect(await orders.claim(id, LEASE_MS, at(0))).toMatchObject({ fence: 1, attempts: 1 });
      expect(await orders.claim(id, LEASE_MS, at(14))).toBeNull();
      expect(await orders.renew(id, 1, LEASE_MS, at(14))).toBe(true);
      expect(await orders.claim(id, LEASE_MS, at(20))).toBeNull();
      expect(await orders.claim(id, LEASE_MS, at(30))).toMatchObject({ fence: 2, attempts: 2 });
    });

    it("lets nobody but the latest claim finish, fail, renew or release", async () => {
      const { id } = await orders.place(newOrder(artistId));
      await orders.claim(id, LEASE_MS, at(0));
      await orders.claim(id, LEASE_MS, at(60));
      const failure = { code: "GENERATION_FAILED", message: "blank" } as const;
      expect(await orders.finish(id, 1, finishAt(61))).toBe(false);
      expect(await orders.fail(id, 1, failure, at(61))).toBe(false);
      expect(await orders.renew(id, 1, LEASE_MS, at(61))).toBe(false);
      expect(await orders.release(id, 1, { now: at(61), refusedForMs: null })).toBe(false);
      expect(await artworks.recent(artistId, 10)).toEqual([]);
      expect(await orders.finish(id, 2, finishAt(62))).toBe(true);
      expect(await orders.finish(id, 2, finishAt(63))).toBe(false);
      expect(await artworks.recent(artistId, 10)).toHaveLength(1);
    });

    it("does not count a claim that was given back as an attempt, but counts refusals", async () => {
      const { id } = await orders.place(newOrder(artistId));
      await orders.claim(id, LEASE_MS, at(0));
      expect(await orders.release(id, 1, { now: at(1), refusedForMs: null })).toBe(true);
      expect(await orders.claim(id, LEASE_MS, at(1))).toMatchObject({ fence: 2, attempts: 1, refusals: 0 });
      expect(await orders.release(id, 2, { now: at(2), refusedForMs: 5_000 })).toBe(true);
      expect(await orders.claim(id, LEASE_MS, at(7))).toMatchObject({ fence: 3, attempts: 1, refusals: 1 });
    });

    it("keeps a cancelled order without an artwork, whatever its worker does afterwards", async () => {
      const { id } = await orders.place(newOrder(artistId));
      await orders.claim(id, LEASE_MS, at(0));
      expect(await orders.cancel(id, at(1))).toBe(true);
      expect(await orders.cancel(id, at(2))).toBe(false);
      expect(await orders.finish(id, 1, finishAt(3))).toBe(false);
      expect(await orders.get(id)).toMatchObject({ state: "cancelled", artworkId: null });
    });

    it("shows a finished order with its candidates, the kept one marked, and the artwork with its settings", async () => {
      const { id } = await orders.place(newOrder(artistId));
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
      const later = await orders.place(newOrder(artistId, 4));
      const first = await orders.place(newOrder(artistId, 3));
      expect(await orders.current()).toMatchObject({ id: first.id, state: "waiting" });
      await orders.claim(later.id, LEASE_MS, at(5));
      expect(await orders.current()).toMatchObject({ id: later.id, state: "painting" });
    });

    it("knows the film of an artwork", async () => {
      const { id } = await orders.place(newOrder(artistId));
      const { fence } = (await orders.claim(id, LEASE_MS, at(0)))!;
      const finish = { ...finishAt(1), film: sha("f") };
      await orders.finish(id, fence, finish);
      expect(await orders.knownFiles([sha("f"), sha("e")])).toEqual(new Set([sha("f")]));
      expect((await artworks.get(finish.artworkId))?.filmUrl).toBe(`/images/${sha("f")}`);
    });

    it("knows the files of its candidates, kept or not, and the sketches of its orders", async () => {
      await painted(1);
      const drawn = await orders.place({ ...newOrder(artistId, 2), sketch: sha("a") });
      expect(drawn.sketch).toBe(sha("a"));
      expect(await orders.knownFiles([sha("a"), sha("b")])).toEqual(new Set([sha("a")]));
      expect(await orders.knownFiles([sha("0"), sha("1"), sha("2")])).toEqual(new Set([sha("0"), sha("1")]));
      expect(await orders.knownFiles([])).toEqual(new Set());
    });

    it("takes an artwork out of the recent ones and puts it back", async () => {
      const ids: ArtworkId[] = [];
      for (const second of [2, 1, 3]) ids.push(await painted(second));
      expect(await artworks.mark(ids[1]!, at(9))).toBe(true);
      expect((await artworks.recent(artistId, 60)).map(({ id }) => id)).toEqual([ids[2], ids[0]]);
      expect(await artworks.mark(ids[1]!, null)).toBe(true);
      expect((await artworks.recent(artistId, 60)).map(({ id }) => id)).toEqual([ids[2], ids[0], ids[1]]);
      expect(await artworks.mark(ArtworkId.parse(randomUUID()), null)).toBe(false);
    });

    it("forgets for good what was thrown away long ago, with its order and its files, and nothing else", async () => {
      const [old, young, hanging] = [await painted(1), await painted(2), await painted(3)];
      const order = (await artworks.get(old))!.orderId;
      await artworks.mark(old, at(10));
      await artworks.mark(young, at(20));
      expect(await artworks.known([old, ArtworkId.parse(randomUUID())])).toEqual(new Set([old]));
      expect(await artworks.purge(at(20))).toBe(1);
      expect([await artworks.get(old), await orders.get(order)]).toEqual([null, null]);
      expect(await artworks.get(young)).not.toBeNull();
      expect(await artworks.known([old, young])).toEqual(new Set([young]));
      expect((await artworks.recent(artistId, 9)).map(({ id }) => id)).toEqual([hanging]);
      expect(await artworks.purge(at(20))).toBe(0);
    });

    it("finds the orders whose worker died", async () => {
      const { id } = await orders.place(newOrder(artistId));
      await orders.claim(id, LEASE_MS, at(0));
      expect(await orders.requeueAbandoned(at(10))).toBe(0);
      expect(await orders.requeueAbandoned(at(20))).toBe(1);
      expect(await orders.get(id)).toMatchObject({ state: "waiting" });
      expect(await orders.requeueAbandoned(at(20))).toBe(0);
      expect(await orders.claim(id, LEASE_MS, at(21))).toMatchObject({ attempts: 2 });
    });

    it("hands whoever claims an order the trace that it was placed in", async () => {
      const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
      const { id } = await orders.place({ ...newOrder(artistId), traceparent });
      expect(await orders.claim(id, LEASE_MS, at(0))).toMatchObject({ traceparent });
      const { id: untraced } = await orders.place(newOrder(artistId));
      expect(await orders.claim(untraced, LEASE_MS, at(0))).toMatchObject({ traceparent: null });
    });

    it("says what waits, since when, and whether anybody paints", async () => {
      expect(await orders.backlog(at(0))).toEqual({ waiting: 0, since: null, isPainted: false });
      const { id } = await orders.place(newOrder(artistId, 1));
      await orders.place(newOrder(artistId, 3));
      await orders.place(newOrder(artistId, 2));
      expect(await orders.backlog(at(4))).toEqual({ waiting: 3, since: at(1), isPainted: false });
      await orders.claim(id, LEASE_MS, at(4));
      expect(await orders.backlog(at(4))).toEqual({ waiting: 2, since: at(2), isPainted: true });
      // Its worker is gone.
      expect(await orders.backlog(at(60))).toMatchObject({ waiting: 2, isPainted: false });
    });

    it("stores thoughts in their order and a decision once, for the latest claim alone", async () => {
      const { id } = await orders.place(newOrder(artistId));
      const thought = (index: number, text: string) => ({ index, kind: "observe" as const, text, at: at(index) });
      await orders.claim(id, LEASE_MS, at(0));
      for (const index of [0, 1, 2]) await orders.think(id, 1, thought(index, "before the worker died"));
      await orders.claim(id, LEASE_MS, at(60));
      expect(await orders.think(id, 1, thought(1, "too late"))).toBe(false);
      expect(await orders.decide(id, 1, decision)).toBe(false);
      expect(await orders.think(id, 2, thought(0, "first"))).toBe(true);
      expect(await orders.think(id, 2, thought(1, "second"))).toBe(true);
      expect(await orders.decide(id, 2, decision)).toBe(true);
      const order = await orders.get(id);
      expect(order?.thoughts.map(({ text }) => text)).toEqual(["first", "second"]);
      expect(order).toMatchObject({ title: decision.title, prompt: decision.prompt, steps: 12, theme: "a lighthouse" });
      expect(order?.choices.map(({ arm }) => arm).sort()).toEqual(["aria", "ink wash"]);
    });

    /** An artwork about which `decision` was made. */
    const decided = async (second: number) => {
      const { id } = await orders.place(newOrder(artistId, second));
      const { fence } = (await orders.claim(id, LEASE_MS, at(second)))!;
      await orders.decide(id, fence, decision);
      const finish = finishAt(second);
      await orders.finish(id, fence, finish);
      return finish.artworkId;
    };
    const evidence = async (mood: Mood = "melancholic", now = at(5)) =>
      learning.evidence(artistId, { dimension: "style", mood }, now);

    it("remembers a work with its mood, and how it was received", async () => {
      const id = await decided(1);
      await decided(2);
      await learning.react(id, like);
      const works = await artworks.recent(artistId, 1_000);
      expect(works.map(({ worth }) => worth)).toEqual([null, 0.7]);
      expect(works[1]).toMatchObject({
        id,
        hash: "0123456789abcdef",
        mood: "melancholic",
        title: decision.title,
        prompt: decision.prompt,
      });
      expect(await artworks.recent(artistId, 1)).toHaveLength(1);
      expect(await artworks.count(artistId)).toBe(2);
      expect(await artworks.get(id)).toMatchObject({ feedback: ["like"], mood: "melancholic", theme: "a lighthouse" });
      expect((await artists.get(artistId))?.experience).toBeCloseTo(12 + 12 + 8.5);
      const [last] = await artists.episodes(artistId, { before: null, limit: 10 });
      expect(last).toMatchObject({ kind: "work", text: "I painted a lighthouse." });
      expect(await artists.episodes(artistId, { before: last!.id, limit: 10 })).toHaveLength(1);
    });

    it("learns from a reaction once of each kind, in its mood and over all, and unlearns it when it is taken back", async () => {
      const id = await decided(1);
      expect(await learning.react(id, like)).toBe(true);
      expect(await learning.react(id, like)).toBe(false);
      const { here, everywhere } = await evidence();
      for (const known of [here, everywhere]) {
        expect(known).toMatchObject([{ arm: "ink wash" }]);
        expect(known[0]!.successes).toBeCloseTo(0.85, 4);
        expect(known[0]!.failures).toBeCloseTo(0.15, 4);
      }
      const elsewhere = await evidence("serene");
      expect([elsewhere.here, elsewhere.everywhere.length]).toEqual([[], 1]);
      expect(await learning.takeBack(id, like)).toBe(true);
      expect(await learning.takeBack(id, like)).toBe(false);
      const after = (await evidence()).here[0]!;
      expect([after.successes, after.failures]).toEqual([expect.closeTo(0, 4), expect.closeTo(0, 4)]);
      expect((await artists.get(artistId))?.experience).toBeCloseTo(12);
      await expect(learning.react(ArtworkId.parse(randomUUID()), like)).rejects.toMatchObject({ code: "NOT_FOUND" });
    });

    it("forgets slowly, and at once when it is told to", async () => {
      await learning.react(await decided(1), like);
      const later = new Date(like.at.getTime() + 90 * 86_400_000);
      expect((await evidence("melancholic", later)).here[0]!.successes).toBeCloseTo(0.425, 4);
      await learning.react(await decided(2), { ...like, at: later });
      expect((await evidence("melancholic", later)).here[0]!.successes).toBeCloseTo(0.85 * 1.5, 4);
      // The model and the manner were chosen.
      const tally = await learning.tally(later);
      expect([tally.successes, tally.failures]).toEqual([expect.closeTo(2 * 1.275, 4), expect.closeTo(2 * 0.225, 4)]);
      await learning.reset(artistId);
      expect(await evidence()).toEqual({ here: [], everywhere: [] });
      expect(await learning.tally(later)).toEqual({ successes: 0, failures: 0 });
    });

    it("bug: what was forgotten cannot be taken back, and an old reaction takes back no more than is left of it", async () => {
      const forgotten = await decided(1);
      await learning.react(forgotten, like);
      await learning.reset(artistId);
      expect(await learning.takeBack(forgotten, like)).toBe(true);
      expect(await evidence()).toEqual({ here: [], everywhere: [] });
      const [old, fresh] = [await decided(2), await decided(3)];
      await learning.react(old, like);
      const later = new Date(like.at.getTime() + 90 * 86_400_000);
      await learning.react(fresh, { ...like, at: later });
      await learning.takeBack(old, { ...like, at: later });
      expect((await evidence("melancholic", later)).here[0]!.successes).toBeCloseTo(0.85, 4);
    });

    it("loses no reaction of ten at once", async () => {
      const ids = await Promise.all(Array.from({ length: 10 }, (_, i) => decided(i)));
      await Promise.all(ids.map((id) => learning.react(id, like)));
      const { here } = await evidence();
      expect(here[0]!.successes + here[0]!.failures).toBeCloseTo(10, 4);
      expect((await artists.get(artistId))?.experience).toBeCloseTo(10 * (12 + 8.5));
      expect(await artists.episodes(artistId, { before: null, limit: 100 })).toHaveLength(10);
    });

    it("changes what she feels one change after the other, and keeps her moods", async () => {
      const rise = (by: number) =>
        artists.feel(artistId, at(by), ({ mood, energy, intensity }) => ({
          feeling: { mood, energy: energy + 0.01, intensity },
          cause: "time",
        }));
      const { energy } = (await artists.get(artistId))!;
      await Promise.all(Array.from({ length: 10 }, (_, i) => rise(i)));
      expect((await artists.get(artistId))?.energy).toBeCloseTo(energy + 0.1);
      expect(await artists.moods(artistId, 10)).toEqual([]);
      const { livedUntil } = (await artists.get(artistId))!;
      const bold = { mood: "bold" as const, energy: 0.9, intensity: 0.75 };
      const felt = await artists.feel(artistId, at(20), () => ({ feeling: bold, cause: "provoke" }));
      expect(felt).toMatchObject({ ...bold, moodSince: at(20), livedUntil });
      expect(await artists.feel(artistId, at(30), () => null)).toEqual(felt);
      expect(await artists.moods(artistId, 10)).toEqual([{ ...bold, at: at(20), cause: "provoke" }]);
      const nobody = ArtistId.parse(randomUUID());
      await expect(artists.feel(nobody, at(1), () => null)).rejects.toMatchObject({ code: "NOT_FOUND" });
    });

    it("keeps duels in their order, once an id, with the works as they are compared", async () => {
      const [first, second] = [await decided(1), await decided(2)];
      const rivals = await duels.rivals(artistId, 10);
      expect(rivals.map(({ tile }) => tile.id)).toEqual([second, first]);
      expect([...rivals[0]!.embedding!].map((value) => value.toFixed(4))).toEqual(["0.6000", "0.8000"]);
      const answer = { id: randomUUID(), winnerId: first, loserId: second, isCheck: true, foreseen: 0.7, at: at(3) };
      await duels.settle(artistId, answer);
      await duels.settle(artistId, { ...answer, foreseen: 0.1 });
      await duels.settle(artistId, { ...answer, id: randomUUID(), winnerId: second, loserId: first, at: at(4) });
      const fought = await duels.fought(artistId, 10);
      expect(fought.map(({ winner, foreseen }) => [winner.tile.id, foreseen])).toEqual([
        [first, 0.7],
        [second, 0.7],
      ]);
      expect(await duels.fought(artistId, 1)).toHaveLength(1);
      const stranger = { ...answer, id: randomUUID(), loserId: ArtworkId.parse(randomUUID()) };
      await expect(duels.settle(artistId, stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    });

    it("counts what she began unasked, and lets one of two plan the next", async () => {
      for (const second of [1, 2, 3]) await orders.place({ ...newOrder(artistId, second), own: second > 1 });
      expect([await orders.countOwn(artistId, at(0)), await orders.countOwn(artistId, at(3))]).toEqual([2, 1]);
      const autonomy = { isOn: true, quietFrom: 1, quietTo: 2, dailyBudget: 3, nextAt: at(5) };
      expect(await artists.setAutonomy(artistId, autonomy)).toMatchObject({ autonomy });
      const planned = await Promise.all([artists.plan(artistId, at(5), at(9)), artists.plan(artistId, at(5), at(10))]);
      expect(planned.filter(Boolean)).toHaveLength(1);
      expect(await artists.plan(artistId, at(5), at(11))).toBe(false);
      await artists.setAutonomy(artistId, { ...autonomy, isOn: false });
      expect(await artists.plan(artistId, at(5), at(12))).toBe(false);
      const nobody = artists.setAutonomy(ArtistId.parse(randomUUID()), autonomy);
      await expect(nobody).rejects.toMatchObject({ code: "NOT_FOUND" });
    });

    it("keeps a series once, with its pieces in their order, and tells a work's descent both ways", async () => {
      const id = SeriesId.parse(randomUUID());
      const shared = { palette: "sepia", manner: "woodcut", modelId: "aria", count: 2 };
      const made = { id, theme: "a lake", dimension: "light", ...shared, createdAt: at(1) } as const;
      await series.create(made);
      await series.create({ ...made, theme: "another" });
      for (const index of [1, 0]) await orders.place({ ...newOrder(artistId, index), piece: { seriesId: id, index } });
      const kept = await series.get(id);
      expect(kept).toMatchObject(made);
      expect(kept?.pieces.map(({ createdAt }) => createdAt)).toEqual([at(0), at(1)]);
      expect(await series.list(5)).toEqual([kept]);
      expect(await series.get(SeriesId.parse(randomUUID()))).toBeNull();
      const parentId = await decided(3);
      const order = await orders.place({ ...newOrder(artistId, 4), parentId, remix: "mood" });
      const { fence } = (await orders.claim(order.id, LEASE_MS, at(4)))!;
      const finish = finishAt(5);
      await orders.finish(order.id, fence, finish);
      expect(await artworks.get(finish.artworkId)).toMatchObject({
        parent: { tile: { id: parentId }, remix: "mood" },
        children: [],
      });
      expect(await artworks.get(parentId)).toMatchObject({ parent: null, children: [{ id: finish.artworkId }] });
      await artworks.mark(finish.artworkId, at(6));
      expect(await artworks.get(parentId)).toMatchObject({ children: [] });
    });

    it("takes no more than a thousand orders of one person into the line, and those it knows still", async () => {
      const placed: Order[] = [];
      const few = Array.from({ length: 20 }, (_, i) => i);
      while (placed.length < MOST_WAITING)
        placed.push(...(await Promise.all(few.map((i) => orders.place(newOrder(artistId, placed.length + i))))));
      const late = newOrder(artistId, MOST_WAITING);
      await expect(orders.place(late)).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await orders.get(late.id)).toBeNull();
      expect(await orders.place({ ...late, id: placed[0]!.id })).toEqual(placed[0]);
      await orders.cancel(placed[0]!.id, at(MOST_WAITING));
      expect(await orders.place(late)).toMatchObject({ state: "waiting" });
    }, 120_000);

    it("takes in other artists, once an id and a name, each with works of their own", async () => {
      const id = ArtistId.parse(randomUUID());
      const bea = { id, name: "Bea", curiosity: 0.9, patience: 0.2 };
      // Later than Aria, who is there from the first migration on.
      const now = new Date();
      const made = await artists.create(bea, now);
      expect(made).toMatchObject({ ...bea, experience: 0, moodSince: now });
      expect(await artists.create({ ...bea, curiosity: 0.1 }, now)).toEqual(made);
      const double = artists.create({ ...bea, id: ArtistId.parse(randomUUID()) }, now);
      await expect(double).rejects.toMatchObject({ code: "CONFLICT" });
      expect((await artists.list()).map(({ name }) => name)).toEqual(["Aria", "Bea"]);
      await decided(1);
      const { id: orderId } = await orders.place(newOrder(id, 2));
      const { fence } = (await orders.claim(orderId, LEASE_MS, at(2)))!;
      const finish = finishAt(2);
      await orders.finish(orderId, fence, finish);
      expect((await artworks.recent(id, 9)).map((tile) => tile.id)).toEqual([finish.artworkId]);
      expect([await artworks.count(id), await artworks.count(artistId)]).toEqual([1, 1]);
      expect((await artists.get(artistId))?.experience).toBe(12);
    });

    it("remembers an episode once a key", async () => {
      const episode = { key: "k", at: at(1), kind: "milestone", text: "once", artworkId: null } as const;
      expect(await artists.remembers("k")).toBe(false);
      await Promise.all([artists.remember(artistId, episode), artists.remember(artistId, episode)]);
      expect(await artists.remembers("k")).toBe(true);
      expect(await artists.episodes(artistId, { before: null, limit: 9 })).toMatchObject([{ text: "once" }]);
    });
  });
}
