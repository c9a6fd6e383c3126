import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { ArtworkId } from "#contracts/artwork.ts";
import { isAriaError } from "#contracts/errors.ts";
import { ArtistId } from "#contracts/mind.ts";
import { MOST_DEVICES } from "#contracts/notifications.ts";
import type { OrderId } from "#contracts/order.ts";
import { SeriesId } from "#contracts/series.ts";
import type { Ports } from "#server/ports.ts";
import { at, finishAt, newOrder } from "./order-repo-contract.ts";

type Repos = Pick<Ports, "orders" | "artworks" | "artists" | "learning" | "duels" | "series" | "files" | "devices">;

/** What came of it, whichever id it was asked of. */
async function cameOf<Id extends string>(act: (id: Id) => Promise<unknown>, id: Id): Promise<string> {
  const told = await act(id).catch((error: unknown) => {
    if (!isAriaError(error)) throw error;
    return { code: error.code, facts: error.facts };
  });
  return JSON.stringify(told ?? null).replaceAll(id, "an id");
}

/** What is another's is answered as what never was. */
export async function expectHidden<Id extends string>(acts: Record<string, (id: Id) => Promise<unknown>>, id: Id) {
  for (const [name, act] of Object.entries(acts)) {
    const never = randomUUID() as string as Id;
    expect(`${name}: ${await cameOf(act, id)}`).toBe(`${name}: ${await cameOf(act, never)}`);
  }
}

const reaction = { action: "love", reward: 1, experience: 10, at: at(9) } as const;
const feeling = { feeling: { mood: "bold", energy: 0.9, intensity: 0.9 }, cause: "provoke" } as const;
const autonomy = { isOn: true, quietFrom: 0, quietTo: 0, dailyBudget: 9, nextAt: null };
const device = (endpoint: string) => ({
  endpoint: `https://push.example/${endpoint}`,
  keys: { p256dh: "key", auth: "auth" },
  topics: ["painted" as const],
  locale: "en",
});

/** Everything that one person asks of the repositories, with what is another's. */
export function ownerContract(name: string, open: () => Promise<{ mine: Repos; theirs: Repos; all: Repos }>) {
  describe(`${name} keeps what is one person's from another`, () => {
    let mine: Repos;
    let theirs: Repos;
    let all: Repos;
    const artistOf = async ({ artists }: Repos) => (await artists.list())[0]!.id;
    /** Painted by the studio, which is nobody in particular. */
    const paint = async (repos: Repos, second = 1) => {
      const sketch = String(second).repeat(64);
      const order = await repos.orders.place({ ...newOrder(await artistOf(repos), second), sketch });
      const claim = (await all.orders.claim(order.id, 60_000, at(second)))!;
      const film = "f".repeat(63) + String(second);
      const finish = { ...finishAt(second), film };
      await all.orders.finish(order.id, claim.fence, finish);
      return { orderId: order.id, artworkId: finish.artworkId, sketch, film };
    };
    beforeEach(async () => {
      ({ mine, theirs, all } = await open());
    });

    it("gives everybody an artist of their own, of one name, and the studio all of them", async () => {
      const [one, other] = [await artistOf(mine), await artistOf(theirs)];
      expect(one).not.toBe(other);
      expect((await mine.artists.list()).map(({ name }) => name)).toEqual(["Aria"]);
      expect((await all.artists.list()).map(({ id }) => id).sort()).toEqual([one, other].sort());
      const traits = { curiosity: 0.5, patience: 0.5 };
      await theirs.artists.create({ id: ArtistId.parse(randomUUID()), name: "Vesper", ...traits }, at(1));
      const id = ArtistId.parse(randomUUID());
      expect(await mine.artists.create({ id, name: "Vesper", ...traits }, at(1))).toMatchObject({ id });
      const twice = mine.artists.create({ id: ArtistId.parse(randomUUID()), name: "Vesper", ...traits }, at(1));
      await expect(twice).rejects.toMatchObject({ code: "CONFLICT" });
    });

    it("orders", async () => {
      const { orderId } = await paint(theirs);
      const waiting = await theirs.orders.place(newOrder(await artistOf(theirs), 5));
      await expectHidden<OrderId>(
        { get: (id) => mine.orders.get(id), cancel: (id) => mine.orders.cancel(id, at(6)) },
        waiting.id,
      );
      expect([await mine.orders.current(), await mine.orders.themes(5), await mine.orders.get(orderId)]).toEqual([
        null,
        [],
        null,
      ]);
      expect(await theirs.orders.current()).toMatchObject({ id: waiting.id, state: "waiting" });
      // The line and its files are looked after for everybody.
      expect(await mine.orders.backlog(at(7))).toMatchObject({ waiting: 1 });
      expect((await all.orders.knownFiles(["0".repeat(64)])).size).toBe(1);
      const hers = mine.orders.place(newOrder(await artistOf(theirs)));
      await expect(hers).rejects.toMatchObject({ code: "NOT_FOUND", facts: { kind: "artist" } });
      const again = mine.orders.place({ ...newOrder(await artistOf(mine)), id: waiting.id });
      await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await all.orders.get(waiting.id)).toEqual(waiting);
    });

    it("artworks, and what is thought of them", async () => {
      const { artworkId } = await paint(theirs);
      const before = await theirs.artworks.get(artworkId);
      const [me, them] = [await artistOf(mine), await artistOf(theirs)];
      await expectHidden<ArtworkId>(
        {
          get: (id) => mine.artworks.get(id),
          known: async (id) => [...(await mine.artworks.known([id]))],
          mark: (id) => mine.artworks.mark(id, at(7)),
          setFocal: (id) => mine.artworks.setFocal(id, { x: 0.1, y: 0.1 }),
          react: (id) => mine.learning.react(id, reaction),
          takeBack: (id) => mine.learning.takeBack(id, reaction),
          rival: (id) => mine.duels.rival(me, id),
          rivalOfTheirs: (id) => mine.duels.rival(them, id),
        },
        artworkId,
      );
      expect(await theirs.learning.react(artworkId, reaction)).toBe(true);
      expect(await mine.learning.takeBack(artworkId, reaction)).toBe(false);
      expect(await theirs.artworks.get(artworkId)).toEqual({ ...before, feedback: ["love"] });
    });

    it("artists, their moods, memory, learning and duels", async () => {
      const [first, second] = [await paint(theirs, 1), await paint(theirs, 2)];
      const them = await artistOf(theirs);
      const answer = { id: randomUUID(), winnerId: first.artworkId, loserId: second.artworkId };
      const settled = { ...answer, foreseen: 0.5, isCheck: true, at: at(4) };
      await theirs.duels.settle(them, settled as never);
      await theirs.artists.feel(them, at(3), () => feeling);
      await theirs.learning.react(first.artworkId, reaction);
      const before = await theirs.artists.get(them);
      await expectHidden<ArtistId>(
        {
          get: (id) => mine.artists.get(id),
          feel: (id) => mine.artists.feel(id, at(5), () => feeling),
          setAutonomy: (id) => mine.artists.setAutonomy(id, autonomy),
          plan: (id) => mine.artists.plan(id, null, at(8)),
          moods: (id) => mine.artists.moods(id, 9),
          episodes: (id) => mine.artists.episodes(id, { before: null, limit: 9 }),
          recent: (id) => mine.artworks.recent(id, 9),
          count: (id) => mine.artworks.count(id),
          countOwn: (id) => mine.orders.countOwn(id, at(0)),
          evidence: (id) => mine.learning.evidence(id, { dimension: "style", mood: "bold" }, at(9)),
          rivals: (id) => mine.duels.rivals(id, 9),
          answers: (id) => mine.duels.answers(id),
          fought: (id) => mine.duels.fought(id, 9),
          about: (id) => mine.devices.about("painted", id),
        },
        them,
      );
      const stolen = mine.duels.settle(await artistOf(mine), { ...settled, id: randomUUID() } as never);
      await expect(stolen).rejects.toMatchObject({ code: "NOT_FOUND" });
      await mine.learning.reset(them);
      expect(await theirs.artists.get(them)).toEqual(before);
      expect(await theirs.duels.fought(them, 9)).toHaveLength(1);
    });

    it("series", async () => {
      const id = SeriesId.parse(randomUUID());
      const series = {
        theme: "a lake",
        dimension: "light",
        count: 3,
        palette: "",
        manner: "",
        modelId: "aria",
      } as const;
      await theirs.series.create({ id, ...series, createdAt: at(1) });
      await expectHidden<SeriesId>({ get: (one) => mine.series.get(one) }, id);
      expect(await mine.series.list(9)).toEqual([]);
      const again = mine.series.create({ id, ...series, createdAt: at(2) });
      await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await theirs.series.list(9)).toMatchObject([{ id, createdAt: at(1) }]);
    });

    it("files: whoever knows an address has no right to it", async () => {
      const { sketch, film } = await paint(theirs, 3);
      const sent = "e".repeat(64);
      await theirs.files.addSketch(sent, at(1));
      for (const sha256 of [sketch, film, sent, "0".repeat(64), "1".repeat(64)]) {
        expect([sha256, await mine.files.isOwn(sha256)]).toEqual([sha256, false]);
        expect([sha256, await theirs.files.isOwn(sha256)]).toEqual([sha256, true]);
        expect([sha256, await all.files.isOwn(sha256)]).toEqual([sha256, true]);
      }
      expect(await all.files.isOwn("9".repeat(64))).toBe(false);
      await mine.files.addSketch(sent, at(2));
      await mine.files.addSketch(sent, at(5));
      expect(await mine.files.isOwn(sent)).toBe(true);
      await all.files.forgetSketches(at(3));
      expect((await all.orders.knownFiles([sent])).size).toBe(1);
      expect([await theirs.files.isOwn(sent), await mine.files.isOwn(sent)]).toEqual([false, true]);
      expect(await theirs.files.isOwn(sketch)).toBe(true);
      await all.files.forgetSketches(at(9));
      expect((await all.orders.knownFiles([sent])).size).toBe(0);
    });

    it("devices: each is told of its own, and is whose it is that sits at it", async () => {
      await theirs.devices.put(device("one"), at(1));
      await mine.devices.put(device("two"), at(1));
      const about = async (repos: Repos) =>
        (await all.devices.about("painted", await artistOf(repos))).map(({ endpoint }) => endpoint.at(-1));
      expect([await about(theirs), await about(mine)]).toEqual([["e"], ["o"]]);
      await expectHidden({ topicsOf: (endpoint) => mine.devices.topicsOf(endpoint) }, device("one").endpoint);
      await mine.devices.put({ ...device("one"), topics: [] }, at(2));
      await mine.devices.forget(device("one").endpoint);
      expect(await theirs.devices.topicsOf(device("one").endpoint)).toEqual(["painted"]);
      await mine.devices.put(device("one"), at(3));
      expect([await about(theirs), (await about(mine)).sort()]).toEqual([[], ["e", "o"]]);
    });

    it("devices: of more than one has, the oldest is forgotten, and nobody else's", async () => {
      await theirs.devices.put(device("theirs"), at(1));
      for (let i = 0; i < MOST_DEVICES; i++) await mine.devices.put(device(`mine-${i}`), at(2 + i));
      await mine.devices.put(device("mine-0"), at(58));
      const about = async (repos: Repos) =>
        (await all.devices.about("painted", await artistOf(repos))).map(({ endpoint }) => endpoint.split("/").at(-1));
      expect(await about(mine)).toHaveLength(MOST_DEVICES);
      await mine.devices.put(device("one-more"), at(59));
      expect(await about(mine)).toHaveLength(MOST_DEVICES);
      expect(await about(mine)).not.toContain("mine-0");
      // The one that was just put stays, however long ago another put it first.
      await mine.devices.put(device("theirs"), at(59));
      expect(await about(mine)).toContain("theirs");
      expect(await about(mine)).not.toContain("mine-1");
      expect(await about(theirs)).toEqual([]);
    });
  });
}
