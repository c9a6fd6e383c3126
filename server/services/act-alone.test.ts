import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { AriaError } from "#contracts/errors.ts";
import { ArtistId } from "#contracts/mind.ts";
import { createContainer } from "#server/container.ts";
import { fakePorts } from "#tests/fakes.ts";
import { seeded } from "#tests/seeded.ts";

const never = new AbortController().signal;
const wanted = { isOn: true, quietFrom: 22, quietTo: 8, dailyBudget: 3 };
const at = (date: number, hour: number, minute = 0) => new Date(2026, 5, date, hour, minute);

async function alone(from: Date) {
  let now = from;
  const ports = fakePorts({ now: () => now, rng: seeded(1) });
  const aria = createContainer(ports);
  const [artist] = await aria.artists.list();
  const artistId = artist!.id;
  const begun: Date[] = [];
  /** Every minute, as the studio does. */
  const until = async (then: Date) => {
    for (; now < then; now = new Date(now.getTime() + 60_000))
      for (const { id } of await aria.actAlone()) {
        begun.push(now);
        await aria.paintOrder(id, never);
      }
  };
  const set = (part: object = {}) => aria.setAutonomy({ artistId, ...wanted, ...part });
  const plan = async () => (await aria.artists.get(artistId))!.autonomy.nextAt;
  return { aria, artistId, begun, until, set, plan, sleep: (then: Date) => (now = then) };
}

it("paints nothing unasked until she may", async () => {
  const { until, begun, set, plan } = await alone(at(10, 9));
  await until(at(10, 18));
  expect(begun).toEqual([]);
  const { autonomy } = await set();
  expect(autonomy.nextAt!.getTime()).toBeGreaterThan(at(10, 18).getTime());
  await set({ isOn: false });
  expect(await plan()).toBeNull();
  await until(at(11, 18));
  expect(begun).toEqual([]);
});

it("keeps to her quiet hours and her budget over a week, and decides by herself what to paint", async () => {
  const { aria, until, begun, set, artistId } = await alone(at(8, 8));
  await set();
  await until(at(15, 8));
  for (const time of begun) expect(time.getHours() >= 8 && time.getHours() < 22).toBe(true);
  for (let date = 8; date < 15; date++) {
    const count = begun.filter((time) => time.getDate() === date).length;
    expect(count).toBeGreaterThanOrEqual(1);
    expect(count).toBeLessThanOrEqual(3);
  }
  const works = await aria.artworks.recent(artistId, 100);
  expect(works).toHaveLength(begun.length);
  expect(new Set(works.map(({ prompt }) => prompt)).size).toBeGreaterThan(begun.length / 2);
});

it("makes up for a missed week with one work, not with many", async () => {
  const { until, begun, set, sleep, plan } = await alone(at(8, 9));
  await set({ dailyBudget: 24 });
  sleep(at(20, 12));
  await until(at(20, 12, 20));
  expect(begun).toHaveLength(1);
  expect((await plan())!.getTime()).toBeGreaterThan(at(20, 12, 20).getTime());
});

it("begins one work, though two studios ask at once", async () => {
  const { aria, set, plan, sleep } = await alone(at(8, 9));
  await set();
  sleep((await plan())!);
  const placed = await Promise.all([aria.actAlone(), aria.actAlone()]);
  expect(placed.flat()).toHaveLength(1);
  expect(placed.flat()[0]).toMatchObject({ own: true, theme: "" });
});

it("bug: begins the work it planned though inference was away when its time came, or the studio was killed over it", async () => {
  let now = at(8, 9);
  const ports = fakePorts({ now: () => now, rng: seeded(1) });
  const aria = createContainer(ports);
  const artistId = (await aria.artists.list())[0]!.id;
  await aria.setAutonomy({ artistId, ...wanted });
  now = (await aria.artists.get(artistId))!.autonomy.nextAt!;
  const away = { ...ports.generator, health: () => Promise.reject(new Error("away")) };
  await expect(createContainer({ ...ports, generator: away }).actAlone()).rejects.toThrow("away");
  const plan = () => Promise.reject(new Error("killed"));
  const killed = createContainer({ ...ports, artists: { ...ports.artists, plan } });
  await expect(killed.actAlone()).rejects.toThrow("killed");
  expect(await aria.actAlone()).toHaveLength(1);
  expect(await ports.orders.countOwn(artistId, at(8, 0))).toBe(1);
});

it("bug: one whose line is full kept all artists after them from painting unasked", async () => {
  let now = at(8, 9);
  const ports = fakePorts({ now: () => now, rng: seeded(1) });
  const aria = createContainer(ports);
  const [first] = await aria.artists.list();
  const bea = await aria.createArtist({ id: ArtistId.parse(randomUUID()), name: "Bea", curiosity: 0.5, patience: 0.5 });
  const place: typeof ports.orders.place = async (order) => {
    if (order.artistId === first!.id) throw new AriaError("CONFLICT", { reason: "1000 orders wait already." });
    return ports.orders.place(order);
  };
  const full = createContainer({ ...ports, orders: { ...ports.orders, place } });
  for (const { id } of [first!, bea]) await aria.setAutonomy({ artistId: id, ...wanted });
  now = at(9, 12);
  expect(await full.actAlone()).toMatchObject([{ artistId: bea.id }]);
  expect((await aria.artists.get(first!.id))!.autonomy.nextAt!.getTime()).toBeGreaterThan(now.getTime());
});

it("has a language model retell her week where it tells what happened", async () => {
  const entries: string[] = [];
  const retelling = (how: (entry: string) => string) => ({
    name: "tiny",
    write: async ({ user }: { user: string }) => {
      entries.push(user);
      return { text: how(user.replaceAll(/<.?entry>/g, "")), problem: null } as const;
    },
  });
  for (const [how, isTaken] of [
    [(entry: string) => `So it went: ${entry}`, true],
    [() => "I painted 1,000 masterpieces.", false],
  ] as const) {
    let now = at(8, 9);
    const aria = createContainer(fakePorts({ now: () => now, rng: seeded(1), writer: retelling(how) }));
    const artistId = (await aria.artists.list())[0]!.id;
    const { id } = await aria.placeOrder({
      prompt: "a lake",
      edited: "a lake",
      enhance: false,
      negativePrompt: "",
      count: 1,
    });
    await aria.paintOrder(id, never);
    now = at(15, 9);
    await aria.lookBack();
    const [week] = await aria.artists.episodes(artistId, { before: null, limit: 1 });
    expect(week?.kind).toBe("week");
    expect(week?.text.startsWith("So it went: I painted one work last week.")).toBe(isTaken);
    expect(week?.text).toContain("A Lake, Considered");
  }
  expect(entries).toHaveLength(2);
});

it("hangs in the morning what she painted since the last, and looks back on a week, once each", async () => {
  const { aria, until, set, artistId, sleep } = await alone(at(8, 9));
  await set();
  await until(at(10, 7));
  expect(await aria.readExhibition(artistId)).toEqual([]);
  sleep(at(10, 8, 7));
  const hung = await aria.readExhibition(artistId);
  expect(hung.length).toBeGreaterThan(0);
  await aria.lookBack();
  await aria.lookBack();
  const told = async (kind: string) =>
    (await aria.artists.episodes(artistId, { before: null, limit: 99 })).filter((episode) => episode.kind === kind);
  expect(await told("exhibition")).toMatchObject([{ artworkId: hung[0]!.id }]);
  expect(await told("week")).toEqual([]);
  sleep(at(15, 1));
  await aria.lookBack();
  await aria.lookBack();
  expect(await told("week")).toMatchObject([{ text: expect.stringMatching(/^I painted \d+ works last week/) }]);
});
